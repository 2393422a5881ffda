# 出席：参加者の記録の取り込み、確認、締め、申し出。

## どの画面にも出る言葉
attendance-title = 出席
attendance-tab = 出席
attendance-record = 出席の記録
attendance-back = 出席の一覧に戻る
attendance-first = 最初のページへ
attendance-to-mend = 直すところが{ $n }か所あります
attendance-status-present = 出席
attendance-status-absent = 欠席
attendance-status-review = 確認中
attendance-status-undecided = 未確定
attendance-status-archive = 受講済み（アーカイブ視聴）
attendance-people = { $n }名
attendance-rows = { $n }行

## 基準と理由
attendance-rule = 出席の基準
attendance-rule-percent = 研修時間の{ $percent }%以上
attendance-rule-percent-of = 研修時間の{ $percent }%以上（{ $length }分中{ $needed }分以上）
attendance-rule-minutes = { $needed }分以上
attendance-rule-minutes-of = { $length }分中{ $needed }分以上
attendance-minutes = { $length }分中{ $minutes }分参加（基準{ $needed }分以上）
attendance-minutes-alone = { $n }分
attendance-sentence = { $minutes }：{ $word }
attendance-sentence-hand = 事務局が確認しました（{ $minutes }）：{ $word }
attendance-sentence-hand-because = 事務局が確認しました（{ $reason }。{ $minutes }）：{ $word }
attendance-sentence-proofs = 接続の記録・キーワード・アンケートのうち2つで確認（{ $minutes }）：{ $word }
attendance-sentence-archive = アーカイブの視聴と確認問題：受講済み
attendance-would = いま締めると　{ $sentence }
attendance-reason-seen = 当日、参加を確認
attendance-reason-group = 集合視聴の名簿
attendance-reason-device = 別の名前や端末で参加
attendance-reason-objection = ご本人の申し出
attendance-reason-other = その他
office-reason-seen = 当日、参加を確認
office-reason-group = 集合視聴の名簿
office-reason-device = 別の名前や端末で参加
office-reason-objection = ご本人の申し出
office-reason-shortened = 研修の時間が変わった
office-reason-setting = 設定や記録の誤り
office-reason-file = 参加者の記録の追加・差し替え

## 一覧
attendance-column-state = 出席
attendance-column-why = 参加時間と理由
attendance-mark-present = 出席にする
attendance-mark-absent = 欠席にする
attendance-total = { $n }名
attendance-shown = { $n }名
attendance-none = 席が確定した申込者がいません
attendance-none-text = 申し込みを受け付けると、ここに並びます。
attendance-table = { $session }の出席
attendance-side = { $session }の出席の状況
attendance-care-unseen = 参加の記録がない
attendance-care-hand = 手で決めた
attendance-care-objection = 申し出あり
attendance-care-questioned = 候補の記録あり
attendance-tally-open = いま締めると
attendance-tally-closed = 締めた結果
attendance-files = 取り込んだ記録
attendance-files-none = まだ取り込んでいません。
attendance-file-tag = 取り下げ済み
attendance-file-in = { $at }に取り込み、申込者{ $found }名、確認待ち{ $open }件
attendance-file-out = { $at }に取り込み、いまは数えていません
attendance-queue-link = 確認待ちの記録　{ $n }件
attendance-next-before = 研修が始まると、参加者の記録を取り込めます。出席の基準は、始まるまで変更できます。
attendance-next-import = 会議ツールの参加者の記録を取り込むと、申込者と照らし合わせて参加時間を計算します。
attendance-next-queue = 申込者を特定できない記録が{ $n }件あります。どなたの記録か確認してください。確認が終わると、出席を締められます。
attendance-next-running = 研修が終わると、出席を締められます。
attendance-next-close = 確認待ちの記録はありません。出席を締めると、お一人ずつ結果をお知らせします。
attendance-next-closed = { $at }に出席を締めました。
attendance-next-closed-open = 出席を締めました。どなたのものか分からない記録が{ $n }件残っています。確認すると、その方の結果がすぐに決まります。
attendance-close-go = 締める前に内容を確かめる
attendance-reopen-go = 締めたあとの見直し
attendance-undo = いまの操作を元に戻す
attendance-done-marked = { $n }名の出席を手で決めました。
attendance-done-unmarked = { $n }名について、元に戻しました。
attendance-done-rule = 出席の基準を変更しました。
attendance-done-imported = 取り込みました。{ $n }名を申込者と結び付けました。
attendance-done-withdrawn = 記録を取り下げました。
attendance-done-closed = 出席を締めました。{ $n }名に結果をメールでお知らせします。
attendance-done-reopened = 締めたあとの見直しを始めました。
attendance-done-settled = { $n }件を決めました。
attendance-done-answered = メールでお答えしました。

## できないとき
attendance-not-called-off = この回は中止になったため、出席の記録はありません。
attendance-not-hours = 開催時間が決まっていないため、参加時間を計算できません。先に、この回の開始と終了の時刻を登録してください。
attendance-not-begun = まだ始まっていないため、取り込めません。研修が始まってから取り込んでください。
attendance-not-ended = まだ終わっていないため、締められません。研修が終わってから締めてください。
attendance-not-closed = 出席を締めたあとなので、変更できません。先に「締めたあとの見直し」をしてください。
attendance-not-twice = 同じファイルを、すでに取り込んでいます。取り込み直すときは、先に前のものを取り下げてください。

## 取り込み
attendance-import-title = 参加者の記録を取り込む
attendance-import-lead = 会議ツールからダウンロードした参加者のファイルを、そのまま選んでください。
attendance-import-zoom = Zoom：「レポート」の参加者一覧。「重複しないユーザーを表示」を外すと、入退室の時刻まで分かります。
attendance-import-teams = Microsoft Teams：会議の「出席」からダウンロードした出席レポート。
attendance-import-webex = Webex：会議の出席者レポート。
attendance-import-several = 会議を立て直したときや、複数の会議に分かれたときは、ファイルを一つずつ取り込んでください。重なる時間は一度だけ数えます。
attendance-file = 参加者のファイル
attendance-file-hint = CSV、タブ区切り、Excel（{ $rows }行、{ $size }まで）。列の順番と言語（日本語・英語）は問いません。
attendance-file-none = ファイルを選んでください
attendance-file-headings = 参加者の一覧の見出しが見つかりません。名前の列と、参加・退出の時刻または時間の列があるファイルを選んでください
attendance-file-nobody = 見出しの下に参加者がいません。参加者の入ったファイルを選んでください
attendance-zone = ファイルの時刻の地域
attendance-zone-hint = ファイルには、レポートを作った方の地域の時刻が書かれます。ふつうは日本時間のままで取り込めます。
attendance-zone-asia-tokyo = 日本時間
attendance-zone-utc = 協定世界時（UTC）
attendance-zone-america-los-angeles = アメリカ西海岸
attendance-zone-america-new-york = アメリカ東海岸
attendance-zone-europe-london = イギリス
attendance-zone-asia-singapore = シンガポール
attendance-zone-assumed = { $zone }として読みました
attendance-zone-own = ファイルに書かれた地域の時刻で読みました
attendance-zone-none = 時刻のないファイルです
attendance-look = 内容を確かめる
attendance-preview-title = 取り込む内容の確認
attendance-preview-lead = まだ何も登録していません。内容を確かめて、取り込んでください。
attendance-preview-found = 申込者と結び付く
attendance-preview-open = 確認が必要
attendance-preview-wrong = 読めない行
attendance-preview-first = 参加者（最初の{ $n }名、確認が必要な方から）
attendance-preview-lengths = このファイルには入退室の時刻がなく、合計時間だけがあります。開始前の待ち時間も含まれます。できれば、時刻のあるレポートを取り込んでください。
attendance-preview-other-time = この回の時間に参加した方がいません。別の回のファイルか、時刻の地域が違うかもしれません。
attendance-meeting = 会議の名前
attendance-form-utf16 = テキスト（UTF-16）
attendance-import-button = { $n }名の記録を取り込む
attendance-wrong = 読めない行
attendance-wrong-text = 次の行は取り込みません。ほかの行には影響しません。
attendance-column-cell = 書かれている内容
attendance-column-wrong = 読めない理由
attendance-column-name = 会議での名前
attendance-column-when = 参加時間
attendance-column-how = 照合
attendance-column-whose = 申込者
attendance-row-nobody = 名前もメールアドレスもありません
attendance-row-join = 参加した時刻を読み取れません
attendance-row-leave = 退出した時刻を読み取れません
attendance-row-backwards = 退出が参加より前になっています
attendance-row-length = 参加時間を読み取れません
attendance-how-token = 受付番号で一致
attendance-how-mail = メールアドレスで一致
attendance-how-name = 名前とお勤め先で一致
attendance-how-hand = 手で決めた
attendance-how-open = 確認が必要
attendance-how-stranger = 申込者ではない
attendance-may-be = 候補：{ $names }

## 取り込んだ記録
attendance-file-title = 取り込んだ記録
attendance-file-at = 取り込んだ日時
attendance-file-withdrawn = { $at }に取り下げました。この記録は数えていません。
attendance-withdraw = この記録を取り下げる
attendance-withdraw-will = 取り下げると、この記録で分かった参加時間を数えなくなります。結び付いている申込者は{ $n }名です。もう一度数えるときは、取り込み直してください。

## 確認待ちの記録
attendance-queue-title = 参加者の記録の確認
attendance-queue-lead = 申込者を特定できなかった記録です。どなたの記録か決めるまで、出席には数えません。名前を押すと、申込者を選べます。
attendance-queue-lead-closed = 出席は締めています。どなたの記録か決めると、その方の結果がすぐに決まり、メールでお知らせします。
attendance-queue-piles = 記録の分類
attendance-pile-open = 確認待ち
attendance-pile-settled = 手で決めた
attendance-pile-found = 自動で一致
attendance-queue-shown = { $n }件
attendance-queue-none = ここに記録はありません
attendance-queue-none-text = 参加者の記録を取り込むと、申込者を特定できないものがここに並びます。
attendance-queue-see = 記録を確認する
attendance-queue-back = 記録の一覧に戻る
attendance-bulk = 記録を選んで、まとめて決められます
attendance-bulk-count = {"{n}"}件を選びました
attendance-bulk-suggested = 候補の方に決める
attendance-bulk-stranger = 申込者ではない
attendance-attendee-title = どなたの記録ですか
attendance-attendee-who = 申込者を選ぶ
attendance-attendee-find = 申込者を探す（名前、お勤め先、受付番号）
attendance-attendee-found = 見つかった申込者
attendance-attendee-suggested = 候補
attendance-attendee-nobody = 見つかりません。言葉を変えて探してください。
attendance-attendee-open = 決めたあとで、いつでも変えられます。
attendance-attendee-closed = 出席は締めています。決めると、その方の結果がすぐに決まり、変わったときはメールでお知らせします。
attendance-attendee-settle = 選んだ方に決める
attendance-attendee-stranger = 申込者ではない
attendance-attendee-reopen = 確認待ちに戻す
attendance-attendee-choose = 申込者を選んでください
attendance-attendee-no-seat = 選んだ方には、この回の席がありません。別の方を選んでください
attendance-stays = { $n }回に分かれて参加

## 手で決める
attendance-mark-title = { $word }にする
attendance-mark-will = { $count }名を「{ $word }」とします。締めるまでは、本人にお知らせしません。
attendance-mark-will-closed = 出席は締めています。{ $count }名を「{ $word }」に訂正し、結果が変わる方にメールでお知らせします。
attendance-mark-reason = 理由
attendance-mark-reason-hint = 操作の記録に残り、ご本人の画面とメールにも出ます。
attendance-mark-reason-first = 理由を選んでください
attendance-mark-note = 事務局の覚え書き
attendance-mark-note-hint = 事務局だけが見ます。200文字まで。「その他」のときは必ず入れてください。
attendance-mark-note-needed = 覚え書きを、200文字までで入れてください
attendance-mark-button = { $count }名を{ $word }にする

## 基準の変更
attendance-rule-title = 出席の基準の変更
attendance-rule-change = 基準を変更する
attendance-rule-now = いまの基準：{ $rule }
attendance-rule-frozen = 研修が始まったあとなので、基準は固定されています。訂正するときは、理由を選んでください。訂正は操作の記録に残ります。
attendance-rule-unit = 数え方
attendance-rule-unit-percent = 研修時間に対する割合（%）
attendance-rule-unit-minutes = 分
attendance-rule-least = 最低限の値
attendance-rule-least-hint = 例：75（%）、45（分）。割合は1～100です。
attendance-rule-senseless = 1以上の数字で入れてください（割合は100まで）
attendance-rule-proofs = 参加時間のほかの確認
attendance-rule-proofs-hint = 会議ツールの記録がなくても、出席を確認できます。
attendance-rule-proofs-yes = 接続の記録・キーワード・アンケートのうち2つがあれば、出席とする
attendance-rule-reason = 訂正の理由
attendance-rule-reason-hint = 操作の記録に残ります。
attendance-rule-reason-first = 訂正の理由を選んでください
attendance-rule-set = この基準にする
attendance-rule-correct = 基準を訂正する

## 締める
attendance-close-title = 出席を締める
attendance-close-lead = 締めると、申込者全員の出席が次のとおり決まります。
attendance-close-open = どなたのものか分からない記録が{ $n }件残っています。候補の方は欠席とせず、確認中にします。先に確認することをおすすめします。
attendance-close-told = { $n }名に、結果をメールでお知らせします。
attendance-close-completed = 新しく出席になる{ $n }名について、受講証明書の発行に進みます。
attendance-close-rule = 基準は「{ $rule }」です。
attendance-close-after = 締めたあとも、理由を残して一人ずつ訂正したり、全体を見直したりできます。
attendance-close-button = 出席を締める
attendance-reopen-title = 締めたあとの見直し
attendance-reopen-lead = { $at }に出席を締めました。見直しを始めると、次のようになります。
attendance-reopen-1 = 参加者の記録の取り込み・取り下げと、基準の訂正ができるようになります。
attendance-reopen-2 = もう一度締めるまで、申込者の画面では「未確定」と表示します。
attendance-reopen-3 = もう一度締めたとき、結果が変わった方だけにお知らせします。
attendance-reopen-reason = 見直しの理由
attendance-reopen-reason-first = 見直しの理由を選んでください
attendance-reopen-button = 見直しを始める

## 本人の画面
attendance-own-title = 出席の記録
attendance-own-undecided = 事務局が参加の記録を確認しています。決まったら、メールでお知らせします。
attendance-own-reopened = 事務局が参加の記録を見直しています。決まったら、メールでお知らせします。
attendance-own-review = 会議での名前などから、ご本人かどうか確かめている記録があります。決まったら、メールでお知らせします。
attendance-own-write = 出席の記録について申し出る
attendance-own-write-text = 記録が実際と違うときは、お知らせください。事務局が確かめて、メールでお答えします。
attendance-own-body = お申し出の内容
attendance-own-hint = 参加した時間、会議で表示した名前、使った端末などを書いてください。1,000文字まで。
attendance-own-empty = お申し出の内容を、1,000文字までで入れてください
attendance-own-waits = 前のお申し出を確認しています。お答えするまで、お待ちください
attendance-own-send = この内容で申し出る
attendance-own-received = お申し出を受け付けました。確認のメールをお送りします。
attendance-own-said = これまでのお申し出
attendance-own-waiting = お申し出を、事務局が確認しています。
attendance-own-back = 申し込みの内容に戻る

## 申し出への回答
attendance-objections-title = 出席についての申し出
attendance-objections-lead = 申込者から届いた、出席の記録についての申し出です。古いものから並びます。
attendance-objections-waiting = 未回答
attendance-objections-answered = 回答済み
attendance-objections-shown = { $n }件
attendance-objections-none = 申し出はありません
attendance-objections-none-text = 申込者が「出席の記録について申し出る」から送ると、ここに並びます。
attendance-objection-title = 出席についての申し出
attendance-column-session = 研修
attendance-column-said = 申し出の内容
attendance-column-at = 届いた日時
attendance-answer = 事務局の回答
attendance-answer-mark = 出席の記録
attendance-answer-present = 出席にする
attendance-answer-absent = 欠席にする
attendance-answer-stays = 記録は変えない
attendance-answer-text = 回答
attendance-answer-hint = このままメールで届きます。1,000文字まで。
attendance-answer-empty = 回答を、1,000文字までで入れてください
attendance-answer-look = メールの内容を確かめる
attendance-answer-check = 次のメールをお送りします。まだ送っていません。
attendance-answer-subject = 件名
attendance-answer-then-mark = 出席の記録を「{ $word }」にします。
attendance-answer-then-nothing = 出席の記録は変えません。
attendance-answer-send = この内容で回答する
attendance-answer-change = 書き直す

## 事務局ホーム
attendance-waits-objections = 出席についての申し出
attendance-waits-unclosed = 終わったのに、出席を締めていない回

## メール
attendance-mail-decided-subject = 【{ $word }】出席の記録のお知らせ　{ $course } { $nth }（{ $day }）
attendance-mail-received-subject = 出席の記録についてのお申し出を受け付けました　{ $course } { $nth }（{ $day }）
attendance-mail-answered-subject = 出席の記録についてのお答え　{ $course } { $nth }（{ $day }）
office-mail-attendance-decided = 出席の結果
office-mail-attendance-objection-received = 申し出の受付
office-mail-attendance-answered = 申し出への回答

## 操作の記録
office-act-attendance-imported = 参加者の記録の取り込み
office-act-attendance-withdrawn = 参加者の記録の取り下げ
office-act-attendance-settled = 参加者の記録の確認
office-act-attendance-marked = 出席を手で決めた
office-act-attendance-unmarked = 手で決めた出席を元に戻した
office-act-attendance-rule-set = 出席の基準の設定
office-act-attendance-rule-corrected = 出席の基準の訂正
office-act-attendance-closed = 出席を締めた
office-act-attendance-reopened = 締めたあとの見直し
office-act-attendance-decided = 出席の決定
office-act-attendance-completed = 受講の完了
office-act-attendance-no-longer-completed = 受講の完了の取り消し
office-act-attendance-objected = 出席についての申し出
office-act-attendance-answered = 申し出への回答
