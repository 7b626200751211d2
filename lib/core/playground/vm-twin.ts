import type { Text } from "../questions/text.ts";
import { text } from "../templates/words.ts";
import type { Deed } from "./play.ts";

/** What a deed would be with VMs and load balancers, and where the likeness ends. */
const TWINS: Record<Deed["do"], Text> = {
  send: text(
    "VMなら、名前は決まったIPに解決され、パケットはロードバランサーという装置を通ります。ここでは、宛先の書き換えを送信元のノードが自分で行います。",
    "With VMs a name leads to a fixed IP, and packets pass through a load balancer that is a device. Here the sender's own node rewrites the destination.",
  ),
  remove: text(
    "VMを消せば、サービスはその分だけ減ったままです。Podはコントローラーがすぐに補います。ただし、名前もIPも引き継がれません。",
    "Delete a VM and there is one less until somebody acts. A controller replaces a Pod at once, but under another name and address.",
  ),
  apply: text(
    "構成手順書や自動化スクリプトを流すことに当たります。ただし、書くのは手順ではなく、あるべき姿です。その姿に保つ仕事は、適用したあとも続きます。",
    "It is like running a set-up script, except that it says what is to be and not what to do; and keeping it so goes on afterwards.",
  ),
  failNode: text(
    "VMなら、ホストが落ちると同じVMが別のホストで起動し直し、IPも戻ります。Podは移りません。数分待って、別のPodが別のノードに作られます。",
    "After a host fails, the same VM starts elsewhere and keeps its IP. A Pod does not move: minutes later another one is made on another node.",
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
    "ホストを保守モードにして、新しいVMを置かせないことに当たります。今あるものは動き続けます。",
    "It is like putting a host into maintenance: nothing new is placed there, and what runs goes on.",
  ),
  setReady: text(
    "ロードバランサーの正常性プローブに失敗した状態です。ここでは、名簿（EndpointSlice）から外すのはロードバランサーではなく、クラスターのコントローラーです。",
    "It is a failed health probe. Here it is no load balancer that stops sending, but a controller of the cluster that takes it off the list, the EndpointSlice.",
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
