## これまでの通知・事務連絡
letters-title = これまでの通知・事務連絡
letters-lead = 研修やサイバーセキュリティ対策について、厚生労働省から団体を通じて医療機関へ届いた文書を、伝わった順に載せています。
letters-chains = 伝わった道すじ
letters-chain-medical = 医師会を通じた通知
letters-chain-dental = 歯科医師会を通じた通知
letters-none = 文書はまだありません
letters-none-text = 登録されたものから、ここに並びます。
letters-from = 発出
letters-to = 宛先
letters-passes-on = 添えられた文書
letters-follows = 前の文書
letters-lost = 本文は手元にありません。あとの文書で触れられているため、載せています。
letters-more = くわしく
letters-asks = お願いの内容
letters-attachments = 添付
letters-seal = 押印
letters-handling = 取り扱い
letters-phone = 電話
letters-extension = 内線
letters-as-of = { $month }時点の連絡先です。いまのお問い合わせ先ではありません。
letters-note = 文書に書かれた日程や連絡先は、当時のものです。

## 規程・ガイドライン
letters-rules-title = 規程・ガイドライン
letters-rules-lead = 医療機関のサイバーセキュリティに関する、国の規程とガイドラインです。新しい版が出たものには、その旨を書いています。
letters-kinds = 種類
letters-rules-none = 文書はまだありません
letters-rules-none-text = 登録されたものから、ここに並びます。
letters-effective = { $day }施行
letters-superseded = { $day }に、次の版に替わりました。
letters-parts = 構成
letters-outside = 厚生労働省のサイトが開きます
letters-rules-note = リンク先は厚生労働省のサイトです。アドレスが変わることがあります。
