import type { Text } from "../questions/text.ts";
import { text } from "../templates/words.ts";
import type { Deed } from "./play.ts";

/** What a deed would be with VMs and load balancers, and where the likeness ends. */
const TWINS: Record<Deed["do"], Text> = {
  send: text(
    "VMへのリクエストは、決まったIPへ直接届くか、ロードバランサーがVMを選びます。Service宛てなら、Podを選んで宛先を書き換えるのはノードの規則です。ロードバランサーが前に立つときも、選ぶのはノードまでです。",
    "A request to VMs goes straight to a fixed IP, or a load balancer picks the VM. For a Service, rules on a node pick the Pod and rewrite the destination; a load balancer in front picks just the node.",
  ),
  remove: text(
    "VMを消せば、誰かが動くまで減ったままです。コントローラーが作ったPodなら、すぐに補われます。ただし、前のIPは引き継がれません。手で作ったものは、ここでも消えたままです。",
    "Delete a VM and there is one less until somebody acts. A Pod that a controller made is replaced at once, though at another IP. What was made by hand stays gone here too.",
  ),
  apply: text(
    "構築手順書や自動化スクリプトを流すことに当たります。ただし、書くのは手順ではなく、あるべき状態です。その状態に保つ仕事は、適用したあとも続きます。",
    "It is like running a set-up script, except that it states what should be, not what to do, and that keeping it so goes on afterwards.",
  ),
  failNode: text(
    "VMなら、ホストが落ちると同じVMが別のホストで起動し直し、IPも変わりません。Podは移りません。数分後、コントローラーが別のPodを別のノードに作ります。",
    "After a host fails, the same VM starts elsewhere and keeps its IP. A Pod does not move: minutes later, a controller makes another one on another node.",
  ),
  restoreNode: text(
    "直ったホストにVMが戻ることはあります。ノードが戻っても、Podは戻りません。次に作られるPodの置き場所が増えるだけです。",
    "VMs may come back to a mended host. Pods do not come back to a mended node; it is merely another place for the next ones.",
  ),
  addNode: text(
    "ホストを足すことに当たります。すでに動いているPodは移らず、新しいPodから使われます。",
    "It is like adding a host. Pods that run stay where they are; new ones may go there.",
  ),
  cordon: text(
    "ホストに新しいVMを置かせない設定に当たります。今あるものは動き続けます。",
    "It is like closing a host to new VMs: nothing new is placed there, and what runs goes on.",
  ),
  setReady: text(
    "ロードバランサーの正常性プローブの合否に当たります。ここでは、試すのはPodのいるノードで、結果を宛先の一覧（EndpointSlice）に写すのはコントローラーです。",
    "It is like passing or failing a load balancer's health probe. Here the Pod's own node does the probing, and a controller notes the result in the EndpointSlice.",
  ),
  restartContainer: text(
    "VMの中でサービスを再起動することに当たります。IPはコンテナではなくPodのものなので、変わりません。",
    "It is like restarting a service inside a VM. The IP is the Pod's and not the container's, so it stays.",
  ),
  relabel: text(
    "サーバーをバックエンドプールに手で足したり外したりすることに当たります。ここでは、ラベルがセレクターに合うかどうかで決まります。",
    "It is like adding a server to a backend pool by hand, or taking it out. Here labels and selectors decide.",
  ),
  scale: text(
    "同じ構成のVMを増やし、プールに登録し、監視に足す、という一連の仕事に当たります。ここでは、数を書けば残りはコントローラーがします。",
    "With VMs one would clone, register in the pool and add to monitoring. Here one writes a number, and controllers do the rest.",
  ),
  setImage: text(
    "VMに入ってパッケージを更新することに当たります。ここでは中身を変えず、新しいPodに入れ替えます。",
    "It is like updating a package inside a VM. Here nothing is changed inside; Pods are exchanged for new ones.",
  ),
  switchNetwork: text(
    "サーバーのIPアドレス体系を選ぶことに当たります。VMはいつもVNetのアドレスを持ちますが、Podが持つかどうかは方式で決まります。",
    "It is like choosing an addressing plan. VMs always have addresses of the VNet; whether Pods have them depends on the choice.",
  ),
};

export const vmTwinOf = (deed: Deed): Text => TWINS[deed.do];
