import type { MisconceptionId } from "../cluster/index.ts";
import type { Text } from "../questions/text.ts";

/** For each belief that templates ask: what would have to be true for its answer, and where it parts from what happens. */
export const BELIEFS = {
  "pod-ip-is-stable": {
    ja: "作り直しても前のIPを引き継ぐなら、こうなります。新しいPodは、新しいIPを受け取ります。",
    en: "It would be so if a new Pod inherited the old one's address. It is given an address of its own.",
  },
  "statefulset-keeps-ip": {
    ja: "StatefulSetのPodがIPまで引き継ぐなら、こうなります。引き継ぐのは名前で、IPは変わります。",
    en: "It would be so if a StatefulSet's Pods kept their addresses. They keep their names; the address is new.",
  },
  "pod-moves": {
    ja: "Podがノードの間を移れるなら、同じ名前のまま残ります。Podは一度決まったノードから動かず、別のPodが作られます。",
    en: "If Pods moved between nodes, it would keep its name. A Pod stays with its node; another one is made elsewhere.",
  },
  "container-restart-changes-ip": {
    ja: "コンテナの再起動でIPが変わるなら、こうなります。IPはPodのもので、Podは作り直されていません。",
    en: "It would be so if restarting a container changed the address. The address is the Pod's, and the Pod is the same.",
  },
  "container-port-opens": {
    ja: "`containerPort`に書けばポートが開くなら、こうなります。開くのは、プログラムが待ち受けるポートだけです。",
    en: "It would be so if declaring a `containerPort` opened it. Only what the program listens on is open.",
  },
  "reconcile-is-one-shot": {
    ja: "調整が最初の一度きりなら、こうなります。コントローラーは数を見続け、足りなければ作ります。",
    en: "It would be so if controllers acted once. They keep counting, and make what is missing.",
  },
  "pods-behind-node-nat": {
    ja: "ノードを越える通信がNATを通るなら、ノードのIPが見えます。Podどうしの通信は、NATなしで届きます。",
    en: "If traffic between nodes were translated, a node's address would show. Between Pods there is no NAT.",
  },
  "namespace-isolates-network": {
    ja: "名前空間が通信を隔てるなら、こうなります。名前空間は名前の区切りで、通信を止めるのはNetworkPolicyです。",
    en: "It would be so if namespaces cut traffic off. They divide names; traffic is stopped by a NetworkPolicy.",
  },
  "selector-mismatch-errors": {
    ja: "合うPodのないセレクターが拒否されるなら、Service自体がありません。実際は、そのまま受け付けられます。",
    en: "If a selector without a match were rejected, there would be no Service. It is accepted as it is.",
  },
  "selector-is-or": {
    ja: "条件の一つに合えばよいなら、こうなります。選ばれるのは、すべての条件に合うPodだけです。",
    en: "It would be so if one condition were enough. Only Pods that meet every condition are picked.",
  },
  "service-is-a-box": {
    ja: "仮想IPを持つ装置があるなら、こうなります。持つものはなく、ノードの規則が見るのはServiceのポート宛てだけです。",
    en: "It would be so if some appliance owned the virtual IP. Nothing does; rules on nodes act on the Service's ports alone.",
  },
  "register-backends": {
    ja: "宛先が一度登録されたきりなら、こうなります。EndpointSliceは、Podの増減に自動で付いていきます。",
    en: "It would be so if endpoints stayed as once registered. EndpointSlices follow Pods as they come and go.",
  },
  "running-is-ready": {
    ja: "`Running`なら届くとすると、こうなります。届くのは、準備完了のPodだけです。",
    en: "It would be so if `Running` were enough. Only ready Pods receive traffic.",
  },
  "port-is-targetport": {
    ja: "`port`がコンテナのものなら、こうなります。コンテナ側は`targetPort`です。",
    en: "It would be so if `port` were the container's. That is `targetPort`; `port` is the Service's own.",
  },
  "clusterip-from-outside": {
    ja: "ClusterIPがVNetのIPなら届きます。規則があるのはクラスターのノードだけなので、外からは経路がありません。",
    en: "It would work if a ClusterIP were an address of the VNet. Rules for it exist on cluster nodes alone.",
  },
  "nodeport-on-pod-node-only": {
    ja: "Podのいるノードでしか開かないなら、こうなります。NodePortは、どのノードでも開きます。",
    en: "It would be so if node ports opened only where a Pod is. They open on every node.",
  },
  "lb-backend-is-pods": {
    ja: "バックエンドプールにPodが並ぶなら、こうなります。並ぶのはノードで、Podを選ぶのはノードの規則です。",
    en: "It would be so if the backend pool listed Pods. It lists nodes, and rules on the node pick the Pod.",
  },
  "one-lb-per-service-resource": {
    ja: "Serviceごとにロードバランサーができるなら、こうなります。公開用と内部用の一つずつを、Serviceが共有します。",
    en: "It would be so if each Service made a load balancer. They share one for public front-ends and one for internal ones.",
  },
  "external-ip-is-public": {
    ja: "`LoadBalancer`がいつも公開なら、こうなります。内部用のアノテーションがあれば、VNetのIPになります。",
    en: "It would be so if every `LoadBalancer` were public. With the internal annotation its address is one of the VNet.",
  },
  "source-ip-kept": {
    ja: "クライアントのIPがいつも残るなら、こうなります。`Cluster`では、受けたノードが自分のIPに変えて渡します。",
    en: "It would be so if the client's address always stayed. With `Cluster` the node that takes it in puts its own there.",
  },
  "local-is-preference": {
    ja: "`Local`が「近くを優先」なら、こうなります。Podのないノードは、よそへ回さずに捨てます。",
    en: 'It would be so if `Local` meant "prefer what is near". A node without a Pod passes nothing on.',
  },
  "headless-has-vip": {
    ja: "Headless Serviceに仮想IPがあるなら、こうなります。DNSは、準備完了のPodのIPを直接答えます。",
    en: "It would be so if a headless Service had a virtual IP. DNS answers with the addresses of ready Pods.",
  },
  "externalname-proxies": {
    ja: "ExternalNameが中継するなら、仮想IPを通ります。実際はDNSの別名だけで、接続は相手へ直接向かいます。",
    en: "If ExternalName relayed traffic, it would have a virtual IP. It is an alias in DNS; clients connect to the target.",
  },
  "short-name-everywhere": {
    ja: "短い名前でよその名前空間まで探すなら、見つかります。補われるのは、自分の名前空間だけです。",
    en: "It would be found if short names were looked for everywhere. Only one's own namespace is filled in.",
  },
  "dns-answer-means-healthy": {
    ja: "DNSがPodの状態を見るなら、こうなります。仮想IPの名前は、宛先のPodがなくても引けます。",
    en: "It would be so if DNS looked at Pods. The name of a virtual IP resolves without a single ready Pod.",
  },
  "affinity-by-cookie": {
    ja: "Cookieで利用者を見分けるなら、こうなります。Serviceに見えるのは、接続の送信元IPだけです。",
    en: "It would be so if users were told apart by a cookie. A Service sees the source address of a connection, no more.",
  },
  "dns-name-is-enough-for-pod": {
    ja: "Podの名前がそのままDNSにあるなら、引けます。Podの名前だけでは、DNSに載りません。",
    en: "It would resolve if Pod names were in DNS. A Pod's name alone is not.",
  },
  "ingress-works-alone": {
    ja: "Ingressを作るだけで働くなら、こうなります。引き受けるコントローラーがいなければ、何も起きません。",
    en: "It would be so if an Ingress worked alone. Without a controller that picks it up, nothing happens.",
  },
  "class-is-optional-decoration": {
    ja: "クラスが飾りなら、どのIngressも引き受けられます。コントローラーは、自分のクラスだけを見ます。",
    en: "If the class were decoration, any Ingress would be taken up. A controller looks at its own class alone.",
  },
  "default-class-fills-existing": {
    ja: "既定のクラスが前からあるIngressにも入るなら、こうなります。入るのは、あとから作るものだけです。",
    en: "It would be so if a default class were filled into older Ingresses. It is given only to new ones.",
  },
  "one-ingress-per-cluster": {
    ja: "有効なIngressが一つだけなら、こうなります。コントローラーは、いくつでもまとめて引き受けます。",
    en: "It would be so if one Ingress counted. A controller takes up any number and merges their rules.",
  },
  "path-prefix-is-string": {
    ja: "`Prefix`が文字列の先頭一致なら、こうなります。比べるのは、`/`で区切った要素ごとです。",
    en: "It would be so if a prefix were compared letter by letter. It is compared element by element, between slashes.",
  },
  "rules-read-from-top": {
    ja: "上から順に試すなら、こうなります。書いた順でなく、より細かく一致した規則が選ばれます。",
    en: "It would be so if rules were tried from the top. Their order does not count; the closest match wins.",
  },
  "host-is-not-checked": {
    ja: "ホスト名を見ずにパスだけで選ぶなら、こうなります。`host`が合わない規則は使われません。",
    en: "It would be so if the path alone decided. A rule whose host does not match is out.",
  },
  "wildcard-covers-all-levels": {
    ja: "`*`が段の数を問わず、親の名前にも合うなら、こうなります。Ingressの`*`は、ちょうど一段です。",
    en: "It would be so if `*` stood for any number of labels, or none. In an Ingress it is exactly one.",
  },
  "namespace-crossing": {
    ja: "名前空間を自由に越えられるなら、こうなります。越えるには、相手側のReferenceGrantが要ります。",
    en: "It would be so if references crossed namespaces freely. Crossing takes a ReferenceGrant on the other side.",
  },
  "overlay-uses-vnet-ips": {
    ja: "オーバーレイのPodもVNetのIPを使うなら、こうなります。VNetのIPを使うのは、ノードだけです。",
    en: "It would be so if Pods of an overlay took VNet addresses. Only nodes do.",
  },
  "flat-means-node-subnet": {
    ja: "PodがノードのサブネットのIPを使うなら、こうなります。Pod Subnetでは、Pod用のサブネットから受け取ります。",
    en: "It would be so if Pods sat in the nodes' subnet. With Pod Subnet they have a subnet of their own.",
  },
  "dataplane-changes-ipam": {
    ja: "CiliumにするとPodのIPがpod CIDRに移るなら、こうなります。データプレーンを替えても、割り当て方は変わりません。",
    en: "It would be so if Cilium moved Pods to a pod CIDR. The data plane does not change where addresses come from.",
  },
  "node-subnet-ips-on-demand": {
    ja: "Podが動いた分だけ使うなら、こうなります。Node Subnetは、最大Pod数の分をノードごとに先に確保します。",
    en: "It would be so if addresses were taken as Pods start. Each node reserves them up front, for its maximum of Pods.",
  },
  "pod-subnet-ips-on-demand": {
    ja: "一つずつ使うなら、こうなります。Pod Subnetは、16個ずつまとめてノードに割り当てます。",
    en: "It would be so if addresses came one by one. Pod Subnet hands them to nodes in batches of 16.",
  },
  "pod-block-follows-max-pods": {
    ja: "ブロックの大きさが最大Pod数で決まるなら、こうなります。ノードが受け取るのは、いつも/24です。",
    en: "It would be so if a block were sized by the maximum of Pods. Each node takes a /24, whatever it runs.",
  },
  "forget-surge": {
    ja: "アップグレード時のサージを忘れると、こうなります。先に足されるノードにも、アドレスが要ります。",
    en: "This forgets the surge of an upgrade: nodes are added before others go, and need addresses too.",
  },
  "forget-azure-reserved-5": {
    ja: "Azureの予約分を忘れると、こうなります。どのサブネットでも、5個は使えません。",
    en: "This forgets what Azure reserves: five addresses of every subnet.",
  },
  "overlay-pod-reachable-from-vnet": {
    ja: "pod CIDRへの経路がVNetにあるなら、届きます。オーバーレイのPodには、外から直接は届きません。",
    en: "It would work if the VNet had a route to the pod CIDR. From outside, Pods of an overlay are not reached directly.",
  },
  "overlay-always-snats": {
    ja: "オーバーレイの通信がいつも変換されるなら、ノードのIPになります。変換されるのは、クラスターの外へ出るときだけです。",
    en: "If an overlay translated everything, a node's address would show. Only what leaves the cluster is translated.",
  },
  "source-is-pod-ip-everywhere": {
    ja: "PodのIPがどこまでも見えるなら、こうなります。どこでノードのIPに変わるかは、モードと相手の場所によります。",
    en: "It would be so if a Pod's address showed everywhere. Mode and destination decide where it becomes the node's.",
  },
  "overlay-cannot-reach-out": {
    ja: "オーバーレイから外へ出られないなら、こうなります。Podからは接続でき、相手にはノードのIPが見えます。",
    en: "It would be so if Pods of an overlay could not get out. They connect, and the other side sees the node's address.",
  },
  "pod-cidr-may-overlap-onprem": {
    ja: "範囲が重なっても使い分けられるなら、届きます。pod CIDRの中の宛先は、クラスター内とみなされます。",
    en: "It would work if overlapping ranges were told apart. What lies in the pod CIDR counts as inside the cluster.",
  },
  "policy-order-matters": {
    ja: "後のポリシーが先の許可を取り消すなら、こうなります。許可は足し合わされ、一つが許せば通ります。",
    en: "It would be so if one policy took back what another allows. Allowances add up; one is enough.",
  },
  "replies-need-a-rule": {
    ja: "応答にも規則が要るなら、こうなります。許された接続の応答は、そのまま通ります。",
    en: "It would be so if replies needed a rule. Replies of an allowed connection pass by themselves.",
  },
  "pod-selector-crosses-namespaces": {
    ja: "`podSelector`だけでよその名前空間まで選べるなら、通ります。選ぶのは、ポリシーと同じ名前空間のPodです。",
    en: "It would pass if a `podSelector` reached across namespaces. Alone it picks Pods of the policy's own namespace.",
  },
  "lb-targets-nodeport": {
    ja: "ロードバランサーが`nodePort`宛てに書き換えるなら、こうなります。AKSでは、フロントエンドの宛先のまま届きます。",
    en: "It would be so if the load balancer rewrote to the node port. On AKS the front-end's address and port arrive as they are.",
  },
  "egress-uses-ingress-ip": {
    ja: "公開用のIPから出ていくなら、こうなります。外への通信は、クラスターの送信用IPを使います。",
    en: "It would be so if traffic left by the address of the front door. It leaves by the cluster's outbound address.",
  },
  "refused-means-firewall": {
    ja: "ポリシーが拒否を返すなら、すぐに拒否されます。捨てるだけで返事をしないので、タイムアウトします。",
    en: "It would be refused at once if policies answered. They drop without a word, and the client waits.",
  },
} as const satisfies Partial<Record<MisconceptionId, Text>>;
