## パスキーが使えないとき
recovery-title = パスキーが使えないとき
recovery-lead = 端末をなくした、買い替えた、パスフレーズや認証アプリが使えなくなった。そのようなときに、サインインの方法を作り直します。
recovery-what = これから起こること
recovery-for-learners = 研修を受けるだけの方
recovery-for-learners-text = すぐに、サインイン用のリンクをメールで送ります。
recovery-for-institutions = 医療機関・団体の担当者
recovery-for-institutions-text = 同じ医療機関・団体のもう1名の担当者か、上の団体の担当者が、ご本人と確かめて承認します。承認から24時間たつと、新しい方法を登録するリンクをメールで送ります。
recovery-for-staff = 事務局・厚生労働省など、そのほかの役割の方
recovery-for-staff-text = 運用管理者2名が、それぞれご本人と確かめて承認します。承認がそろうと、新しい方法を登録するリンクをメールで送ります。
recovery-until-then = いまのパスキーやパスフレーズは、新しい方法を登録するまで、そのまま使えます。登録すると、以前のものはすべて使えなくなり、ほかの端末のサインインは終わります。
recovery-email-hint = サインインに使っているアドレスを入れてください。
recovery-ask = サインインの方法の作り直しを依頼する
recovery-back = サインインの画面へ戻る
recovery-asked-lead = { $email } にもし登録があれば、次にすることを書いたメールをお送りしました。
recovery-asked-text = 担当者や事務局などの方は、確かめる方の承認を待ちます。承認されるまで、何も変わりません。
recovery-asked-tell = お急ぎのときは、同じ医療機関・団体のもう1名の担当者か、運用管理者に、電話などで直接お知らせください。

## 取りやめる
recovery-cancel-title = 作り直しを取りやめる
recovery-cancel-text = { $email } のサインインの方法を作り直す依頼を、取りやめます。
recovery-cancel-do = 取りやめる
recovery-cancel-nothing = 取りやめても、いまのパスキーやパスフレーズはそのまま使えます。
recovery-cancelled = 取りやめました
recovery-cancelled-text = サインインの方法は、何も変わっていません。ご自分で依頼していないときは、事務局にお知らせください。
recovery-cancel-over-text = この依頼は、すでに終わっています。取りやめるものはありません。
recovery-under-way = このアカウントのサインインの方法を作り直す依頼が出ています。心当たりのないときや、もう要らないときは、取りやめてください。
recovery-under-way-stop = 作り直しを取りやめる

## 新しい方法
recovery-link-text = { $email } の、新しいサインインの方法を登録します。
recovery-link-do = 登録に進む
recovery-link-shared = この画面を開くだけでは、何も変わりません。ご自分だけが使う端末で進めてください。
recovery-link-over-text = すでに使ったか、15分を過ぎたか、取りやめになったリンクです。「パスキーが使えないとき」の画面で同じアドレスを入れると、次にすることをメールでお送りします。
recovery-renewal-title = 新しいサインインの方法を登録する
recovery-renewal-lead = { $email } の新しい方法を、1時間のうちに登録してください。
recovery-renewal-note = 登録すると、以前のパスキー・パスフレーズ・認証アプリは、すべて使えなくなります。登録しないで閉じれば、何も変わりません。
recovery-renewal-passkey = 新しいパスキーを登録する
recovery-renewal-phrase = パスフレーズと認証アプリ
recovery-renewal-phrase-open = パスキーを使えないときは、こちらで登録する
recovery-renewal-phrase-next = 認証アプリの設定に進む

## 確かめて承認する
recovery-queue-title = サインインの方法の作り直し
recovery-queue-lead = サインインできなくなった方からの依頼です。ご本人と確かめられたものだけを承認してください。
recovery-queue-none = 依頼はありません
recovery-queue-none-text = サインインできなくなった方が依頼すると、ここに出ます。
recovery-total = { $n }件
recovery-column-roles = 役割と所属
recovery-column-by = 確かめる方
recovery-who-institution = 同じ医療機関・団体か、上の団体の担当者1名（いないときは、運用管理者2名）
recovery-who-near = 同僚か、上の団体の1名
recovery-who-staff = 運用管理者2名
recovery-state-asked = 承認待ち
recovery-state-held = 24時間の待機中
recovery-state-ready = リンクを送付
recovery-state-opened = 登録の途中
recovery-state-over = 終了
recovery-decide-title = 作り直しの承認
recovery-approved-by = 承認した方
recovery-way-colleague = 同じ医療機関・団体の担当者として
recovery-way-call-back = 上の団体の担当者として、折り返しの電話で
recovery-way-operator = 運用管理者として
recovery-how-colleague = ご本人に直接会うか、ふだん使っている電話番号にこちらから電話して、確かめてください。メールだけで確かめないでください。
recovery-how-call-back = 名簿などで前から分かっている代表番号に、こちらから電話をかけ直して確かめてください。依頼した方が伝えてきた番号は使わないでください。
recovery-how-operator = ご本人に直接会うか、前から分かっている電話番号にこちらから電話して、確かめてください。もう1名の運用管理者も、別に確かめます。
recovery-will = これから起こること
recovery-will-second = もう1名の運用管理者が承認するまで、待ちます。リンクはまだ送りません。
recovery-will-hold = ご本人に、承認されたことをメール1通で知らせます。24時間たつと、新しい方法を登録するリンクをメール1通で送ります。そのあいだ、ご本人はいつでも取りやめられます。
recovery-will-send = ご本人に、新しい方法を登録するリンクをメール1通で、いま送ります。使えるのは15分間、1回だけです。
recovery-will-replace = ご本人が登録すると、以前の方法はすべて使えなくなり、ほかの端末のサインインは終わります。
recovery-will-record = 誰が、いつ、どのように確かめたかを記録します。
recovery-reason = どのように確かめたか（承認しないときは、その理由）
recovery-reason-hint = 例：代表番号に電話をかけ直し、ご本人と話した。操作の記録に残ります。個人のお名前は書かないでください。200文字まで。
recovery-approve = ご本人と確かめたので承認する
recovery-refuse = 承認せずに終わらせる
recovery-mine = 承認しました。もう1名の運用管理者が承認すると、先へ進みます。
recovery-note-held = 承認されています。24時間の待機が終わると、リンクをメールで送ります。疑わしいときは、いまのうちに終わらせてください。
recovery-note-ready = 承認され、リンクを送りました。疑わしいときは、いまのうちに終わらせてください。
recovery-done-waits = 承認しました。もう1名の運用管理者の承認を待っています。
recovery-done-held = 承認しました。24時間たつと、リンクをメールで送ります。
recovery-done-sent = 承認しました。リンクをメールで送ります。
recovery-done-refused = 依頼を終わらせました。ご本人にメールで知らせます。

## メール
recovery-mail-asked-subject = サインインの方法を作り直す依頼を受け付けました
recovery-mail-held-subject = サインインの方法の作り直しが承認されました（24時間の待機）
recovery-mail-link-subject = 新しいサインインの方法の登録（15分間、1回だけ使えます）
recovery-mail-over-subject = サインインの方法の作り直しは、取りやめになりました
recovery-mail-who-institution = 同じ医療機関・団体のもう1名の担当者か、上の団体の担当者が、ご本人と確かめて承認します。承認から24時間たつと、リンクをメールでお送りします。どなたもいないときは、運用管理者2名が承認します。
recovery-mail-who-staff = 運用管理者2名が、それぞれご本人と確かめて承認します。承認がそろうと、リンクをメールでお送りします。
recovery-mail-who-both = 運用管理者2名が、それぞれご本人と確かめて承認します。承認がそろってから24時間たつと、リンクをメールでお送りします。
recovery-mail-over-refused = サインインの方法を作り直す依頼は、承認されませんでした。
recovery-mail-over-cancelled = サインインの方法を作り直す依頼は、取りやめになりました。

## ホーム
recovery-waits = サインインできなくなった方の確認
recovery-my = サインインできなくなった方
recovery-my-text = { $n }名の方の依頼が、あなたの確認を待っています。
recovery-my-more = 依頼を確かめる
