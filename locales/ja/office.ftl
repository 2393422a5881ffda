## 事務局ホーム
office-waits = 対応が必要なこと
office-waits-nothing = いま対応が必要なことはありません。
office-waits-overdue = 予定の時期を過ぎても、日にちが決まっていない回
office-waits-deadlines = 7日以内に申込締切を迎える回
office-waits-links = 1週間以内に開催するのに、参加先のリンクがない回
office-waits-full = キャンセル待ちの方がいる回
office-waits-mails = 送信できなかったメール
office-waits-jobs = 止まった自動処理
office-why-overdue = 日程を決めて、登録してください
office-why-link = 申し込み{ $n }名。リンクがないと、誰も参加できません
office-why-full = キャンセル待ち{ $waiting }名（定員{ $seats }名）
office-why-deadline = { $at }に締切
office-rooms = 管理メニュー
office-room-notices = お知らせ
office-room-faq = よくある質問
office-room-pages = 固定ページ
office-room-inquiries = お問い合わせ
office-room-settings = 設定

## どの画面にも出る言葉
office-all = すべて
office-everybody = 申込者全員
office-not-set = 未定
office-no-limit = 制限なし
office-none-word = なし
office-pages = ページ送り
office-previous = 前へ
office-next = 次へ
office-older = さらに前を見る
office-do-nothing = 何もせずに戻る
office-back-to-list = 申込者の一覧に戻る
office-back-to-session = この回に戻る
office-back-to-programme = 年度の研修に戻る
office-tab-overview = 概要
office-tab-archive = 録画・資料
office-tab-applicants = 申込者
office-history = これまでの記録
office-history-none = 記録はありません。

## 年度の研修
office-programmes = 年度ごとの研修
office-programmes-none = 運用管理者が研修計画を取り込むと、年度ごとにここに並びます。
office-programme = { $year }の研修
office-add = 追加の回を登録
office-sessions-none = まだ回がありません。
office-applicants = 申込者
office-column-do = 操作
office-sum = 合計
office-clone = { $year }の研修を作る
office-clone-lead = { $from }の日程を{ $weeks }週ずらして、全{ $n }回の日程を作ります。祝日に当たる回は、同じ曜日のまま後の週にします。まだ何も作っていません。
office-clone-exists = { $year }の研修は、すでに登録されています。
office-clone-was = 元の日程
office-clone-becomes = 新しい日程
office-clone-avoided = { $holiday }を避けました
office-clone-note = この日程で下書きを作ります。1回ずつ直してから、ほかの担当者の承認を受けて公開します。定員と追加の回は写しません。
office-clone-button = この日程で下書きを作る

## 1つの回
office-title = この回の題名
office-when = 日時
office-opens = 受付開始
office-closes = 申込締切
office-seats-word = 定員
office-seats = { $n }名
office-waiting-places = キャンセル待ちの定員
office-waiting-of = { $n }（定員 { $places }）
office-public-page = 公開ページを見る
office-edit = 日程・定員を変更する
office-call-off = この回を中止にする
office-done-added = 追加の回を登録しました。
office-done-changed = 内容を変更しました。
office-done-called-off = この回を中止にしました。
office-done-told = { $n }名にメールでお知らせします。
office-done-promoted = キャンセル待ちの{ $n }名の席が確定しました。

## 回の登録と変更
office-add-title = 追加の回の登録
office-add-button = この内容で回を追加する
office-edit-check = 変更内容を確かめる
office-day = 日付
office-day-hint = 例：12/9、2026年12月9日、R8.12.9
office-window-hint = 予定の時期：{ $window }
office-hours = 開催時間
office-hours-hint = 例：16:00、1600、午後4時
office-starts = 開始
office-ends = 終了
office-time = 時刻
office-closes-hint = 空にすると、研修の開始まで申し込めます。
office-tentative = 予定として載せる
office-tentative-small = まだ変わるかもしれない日程に付けます。公開ページに「予定」と表示します。
office-tentative-yes = 予定（変わることがあります）
office-tentative-no = 確定
office-seats-hint = 空にすると、人数を制限しません。席を増やすと、キャンセル待ちの方から順に確定します。
office-title-hint = この回だけの題名があるときに入れてください。100文字までで、公開ページに載ります。
office-nothing-changed = 変わったところがありません。直すところを入れてから、もう一度確かめてください。
office-changed-meanwhile = 画面を開いたあとで、ほかの方が内容を変えたか、申込者が増えました。下は、いまの内容です。確かめて、もう一度変更してください。
office-error-day = 日付を読み取れませんでした。「12/9」「2026年12月9日」のように入れてください
office-error-day-empty = { $what }の日付を入れてください
office-error-day-missing = 日付を入れてください
office-error-day-first = 開催時間を決めるときは、日付も入れてください
office-error-day-needed = 申込者がいるので、日付は空にできません
office-error-year = { $day }は、{ $year }に入りません。年を確かめてください
office-error-past = 過ぎた日は選べません。今日からあとの日付を入れてください
office-error-time = 時刻を読み取れませんでした。「16:00」のように入れてください
office-error-time-empty = { $what }の時刻を入れてください
office-error-starts-empty = 開始の時刻を入れてください
office-error-ends-empty = 終了の時刻を入れてください
office-error-ends = 終了は、開始よりあとの時刻にしてください
office-error-closes-before = 申込締切は、受付開始よりあとにしてください
office-error-closes-late = 申込締切は、研修の開始までの日時にしてください
office-error-seats = すでに{ $n }名の席が確定しています。{ $n }以上にしてください
office-error-waiting = すでに{ $n }名がキャンセル待ちをしています。{ $n }以上にしてください
office-error-number = 数字で入れてください（1,000,000まで）
office-error-title = 題名は100文字までで入れてください
office-check-title = 変更内容の確認
office-was = 変更前：
office-is = 変更後：
office-will = 変更すると
office-will-tell = 申込者{ $n }名に、日時の変更をメールでお知らせします。
office-will-tell-nobody = 日時の変更をお知らせする方はいません。
office-will-promote = キャンセル待ちの{ $n }名の席が確定し、メールでお知らせします。
office-care-holiday = { $day }は祝日（{ $holiday }）です。
office-care-weekend = { $day }は週末です。
office-care-no-window = 受付開始が決まっていないので、まだ申し込めません。
office-care-closed = 申込締切を過ぎているので、受付は終わった状態になります。
office-change-button = この内容に変更する

## 回の中止
office-call-off-will = { $n ->
    [0] この回を中止にします。申込者はいません。
   *[other] この回を中止にします。申込者{ $n }名に、中止をメールでお知らせします。
}
office-call-off-reason = 中止の理由
office-call-off-reason-hint = 公開ページとメールに、このまま載ります。個人のお名前は書かないでください。200文字まで。
office-call-off-reason-empty = 中止の理由を入れてください
office-call-off-reason-long = 中止の理由は200文字までです（いま{ $n }文字）
office-call-off-for-good = 中止は元に戻せません。申込者は、ほかの回に変更できます。
office-call-off-button = 中止にする
office-called-off-already = この回は、すでに中止になっています。
office-called-off-begun = 開始時刻を過ぎたため、中止にできません。

## 申込者の一覧
office-roll = 名簿を印刷
office-enter = 電話の申し込みを登録
office-sift = 申込者をしぼり込む
office-sift-text = 名前・受付番号・お勤め先
office-sift-button = しぼり込む
office-sift-more = くわしくしぼり込む
office-sifted-by = しぼり込み中：
office-chip-text = 「{ $text }」
office-chip-month = { $month }に申し込み
office-chip-remove = をしぼり込みから外す
office-kind = 種別
office-kind-unknown = 種別なし
office-prefecture = 都道府県
office-month = 申し込んだ月
office-total = { $n }名
office-total-of = { $all }中 { $n }名を表示
office-over-thousand = 1,000名以上
office-total-many = 1,000名を超えています
office-none = まだ申し込みがありません
office-none-text = 申し込みがあると、ここに並びます。
office-none-sifted = 当てはまる方がいません
office-none-sifted-text = 言葉を短くするか、しぼり込みを外してください。
office-show-all = 全員を見る
office-table = { $session }の申込者
office-column-pick = 選択
office-column-who = お名前・受付番号
office-column-place = お勤め先
office-column-state = 状態
office-column-applied = 申込日時
office-column-care = 気をつけること
office-confirmed = 確定
office-waiting = キャンセル待ち
office-cancelled = 取消
office-care-none = 特になし
office-care-mail = メールが届きません
office-care-shared = 同じアドレスの方がいます
office-care-phone = 電話で受付（代理登録）
office-care-list = 一覧から取り込み
office-care-moved = 別の回から変更
office-care-moved-from = { $nth }から変更
office-care-cancelled-self = { $day } 本人が取り消し
office-care-cancelled-office = { $day } 事務局が取り消し
office-pick = { $name } 様を選ぶ
office-pick-all = このページの全員を選ぶ
office-shown = { $count } { $first }～{ $last }名
office-shown-of = { $n }名中
office-shown-many = 1,000名超のうち
office-bulk = 選んだ方の変更・取り消し
office-bulk-count = {"{n}"}名を選択中
office-bulk-move = 別の日程に変更する
office-bulk-cancel = 取り消す
office-keys = キー操作
office-keys-search = 検索の欄へ移る
office-keys-rows = 次の行・前の行へ移る
office-keys-pick = その行を選ぶ・外す
office-keys-help = この説明を開く
office-keys-off = キー操作を使わない
office-keys-close = 閉じる
office-side = { $session }の人数と書き出し
office-now = いまの人数
office-left = 残りの席
office-by-kind = 種別ごとの人数
office-bar = { $kind }{ $n }名
office-bars = 種別ごとの人数：{ $list }
office-as-table = 表で見る
office-people = 人数
office-look-first = 先に見ること
office-undelivered = メールが届かない方 { $n }名

## 名簿
office-roll-title = 名簿
office-roll-print = このページは、そのまま印刷できます。
office-roll-parts = 1,000名ずつに分かれています。ページごとに印刷してください。番号は通しです。
office-roll-line = 番号
office-roll-present = 出席

## 1名の申し込み
office-applicant-title = { $name } 様の申し込み
office-application = 申し込みの内容
office-entered-by = 代理登録した方
office-mails = メール
office-mails-none = まだメールはありません。

## 何名かをまとめて
office-move-title = 別の日程に変更する
office-move-will = 次の{ $n }名の日程を変更します。お一人ずつに、日程変更のメールを送ります。
office-move-kept = { $n ->
    [0] 選んだ方が見つかりません。一覧に戻って、選び直してください。
   *[other] 次の{ $n }名は変更できません。すでに取り消されているか、研修の開始時刻を過ぎています。
}
office-move-hint = 席が足りないときは、申し込みの早い順に席が決まり、残りの方はキャンセル待ちになります。キャンセル待ちも定員のときは、元の日程のままです。
office-move-nowhere = 変更できるほかの回が、いまはありません。
office-seats-left = { $n ->
    [0] 定員に達しています
   *[other] 残り{ $n }席
}
office-seats-unlimited = 席の制限なし
office-move-button = { $n }名の日程を変更する
office-move-done-title = 日程変更の結果
office-move-done = { $n ->
    [0] 日程が変わった方はいません。
   *[other] { $n }名の日程を変更しました。
}
office-move-not = 次の{ $n }名の日程は、変わっていません。変更先が定員に達したか、変更先にすでに申し込まれているか、先に取り消されています。
office-move-back = 元の日程に戻す
office-cancel-title = 申し込みを取り消す
office-cancel-will = 次の{ $n }名の申し込みを取り消します。お一人ずつに、取り消しのメールを送ります。10分以内なら元に戻せます。
office-cancel-kept = { $n ->
    [0] 選んだ方が見つかりません。一覧に戻って、選び直してください。
   *[other] 次の{ $n }名は取り消せません。すでに取り消されているか、研修の開始時刻を過ぎています。
}
office-reason = 取り消しの理由
office-reason-hint = 操作の記録に残ります。申込者へのメールには載りません。
office-reason-first = 取り消しの理由を選んでください
office-reason-phone = 電話での申し出
office-reason-mail = メールでの申し出
office-reason-duplicate = 重複した申し込み
office-reason-other = その他
office-cancel-button = { $n }名の申し込みを取り消す
office-cancel-done-title = 取り消しの結果
office-cancel-done = { $n ->
    [0] 取り消した申し込みはありません。
   *[other] { $n }名の申し込みを取り消しました。
}
office-cancel-not = 次の{ $n }名の申し込みは、取り消せませんでした。研修の開始時刻を過ぎています。
office-undo = 取り消しを元に戻す（{ $until }まで）
office-restore-done-title = 取り消しを元に戻した結果
office-restore-done = { $n ->
    [0] 元に戻した申し込みはありません。
   *[other] { $n }名の取り消しを元に戻しました。
}
office-restore-not = 次の{ $n }名は、元に戻せませんでした。取り消しから10分を過ぎたか、取り消したあとにもう一度申し込まれています。

## 代理登録
office-enter-lead = 電話などで受けた申し込みを、事務局がご本人に代わって登録します（代理登録）。
office-enter-waiting = この回は定員に達しています。登録すると、キャンセル待ちになります。
office-enter-email-hint = 確認のメールと参加用のリンクを、このアドレスへ送ります。ご本人のアドレスがないときは、事務局のアドレス（{ $address }）を入れてください。
office-enter-consent-hint = お名前・メール・お勤め先は、この研修の連絡、出席の記録、証明書のためだけに使うことを、ご本人に伝えてください。
office-enter-consent = ご本人に伝え、同意をいただきました
office-enter-shown = ご本人の控えには、事務局が電話で受け付けたことも表示されます。
office-enter-no-day = まだ日程が決まっていないので、登録できません。日程を決めてから登録してください。
office-enter-begun = 開始時刻を過ぎたため、登録できません。
office-enter-cancelled = この回は中止になったため、登録できません。ほかの回に登録してください。
office-enter-full = 席もキャンセル待ちも定員に達しているので、登録できません。定員を増やすか、ほかの回に登録してください。
office-enter-earlier = このお名前とメールアドレスで、この回の申し込みをすでに受け付けています。確認・変更のリンクを、そのメールアドレスへもう一度お送りしました。

## 書き出し
office-export = 書き出し
office-export-shown = 表示中の{ $n }名を書き出す
office-export-open = 書き出しへ進む
office-export-recorded = 誰がいつ書き出したかを記録します。
office-export-who = 対象
office-export-will = { $n ->
    [0] この条件に当てはまる方はいません。
   *[other] { $n }名を書き出します。
}
office-export-too-many = 一つのファイルに書き出せるのは{ $most }名までです。一覧をしぼり込んで、何回かに分けてください。
office-export-button = ファイルを書き出す
office-format = ファイルの形式
office-format-first = ファイルの形式を選んでください
office-format-xlsx = Excel（.xlsx）
office-format-xlsx-small = どの漢字もそのまま書き出します。迷ったときは、これを選んでください。
office-format-csv = CSV（UTF-8）
office-format-csv-small = ほかのソフトに取り込むときに。どの漢字もそのまま書き出します。
office-format-shift-jis = CSV（Shift_JIS）
office-format-shift-jis-small = 古いソフトに取り込むときに。表せない漢字があれば、書き出す前にお知らせします。
office-format-zoom = Zoomの登録用CSV
office-format-zoom-small = 席が確定した方の、名前とメールアドレスだけを書き出します。
office-format-teams = Teamsの登録用CSV
office-format-teams-small = 席が確定した方の、名前とメールアドレスだけを書き出します。
office-export-lost-title = 書き出せない文字があります
office-export-lost = 次の{ $n }名に、Shift_JISで表せない文字があります。このまま書き出すと、その文字は「〓」になります。
office-export-characters = 表せない文字
office-export-anyway = このまま書き出す
office-export-other = ほかの形式を選ぶ
office-file-number = 受付番号
office-file-state = 状態
office-file-applied = 申込日時
office-file-course = 研修
office-file-session = 回
office-file-when = 日時
office-file-cancelled = 取消日時

## 書き出しの承認（1,000名を超える一覧）
exports-title = 書き出しの承認
exports-one-title = 書き出しの申請
exports-lead = 1,000名を超える一覧は、もう一人が承認してから書き出せます。申請した本人は承認できません。
exports-none = 申請はまだありません
exports-none-text = 申込者の一覧から1,000名を超えて書き出すときに、ここに申請が並びます。
exports-column-list = 一覧と目的
exports-column-state = 状態
exports-column-who = 申請した人
exports-waits = 書き出しの承認待ち
exports-second-title = もう一人の承認が必要です
exports-second = 1,000名を超える個人情報を書き出すには、ほかの担当者の承認が必要です。目的を書いて申請してください。承認されてから{ $hours }時間以内に書き出せます。
exports-ask = 承認を申請する
exports-reason = 書き出す目的
exports-reason-hint = 例：当日の受付名簿を会場の担当者に渡すため。承認する人が読みます。
exports-reason-empty = 書き出す目的を入力してください
exports-reason-long = 200文字以内で入力してください
exports-people = 人数
exports-people-n = { $n }名
exports-people-now = いまの人数
exports-part = しぼり込んだ一覧（条件は、申請が終わったので消しました）
exports-by = 申請した人
exports-at = 申請した日時
exports-decided-by = 判断した人
exports-decided-at = 判断した日時
exports-taken = 書き出し
exports-state-waits = 承認待ち
exports-state-open = 承認済み
exports-state-taken = 書き出し済み
exports-state-refused = 却下
exports-state-withdrawn = 取り下げ
exports-state-lapsed = 期限切れ
exports-text-own = ほかの担当者の承認を待っています。{ $until }までに承認されないと、申請は無効になります。
exports-text-waits = { $until }までに判断してください。それを過ぎると、申請は無効になります。
exports-text-open = 承認されました。{ $until }まで書き出せます。ファイルには、書き出すときの一覧が入ります。
exports-text-open-other = 承認されました。申請した人は、{ $until }まで書き出せます。
exports-text-taken = 書き出しは終わりました。もう一度必要なときは、新しく申請してください。
exports-text-refused = この申請は却下されました。必要なときは、目的や範囲を見直して新しく申請してください。
exports-text-withdrawn = この申請は取り下げられました。
exports-text-lapsed = 期限を過ぎたので、この申請は無効です。必要なときは、新しく申請してください。
exports-decide = 判断する
exports-decide-text = 目的に照らして、この範囲と人数が必要かを確かめてください。承認すると、申請した人が24時間以内に書き出せます。誰が承認したかを記録します。
exports-remark = 申請した人への一言
exports-remark-hint = 却下するときは、理由を書いてください。
exports-remark-empty = 却下する理由を入力してください
exports-approve = 承認する
exports-refuse = 却下する
exports-withdraw = 申請を取り下げる
exports-withdraw-text = 取り下げると、この申請では書き出せなくなります。
exports-not-done = まだ何も変わっていません
exports-over = この申請は、もう判断・取り下げ・書き出しができません。状態を確かめてください。
exports-own = 自分の申請は承認できません。ほかの担当者に頼んでください。
exports-done-asked = 承認を申請しました。
exports-done-approved = 承認しました。
exports-done-refused = 却下しました。
exports-done-withdrawn = 申請を取り下げました。

## 運用の状況
office-operation = 運用の状況
office-waiting-mails = 送信待ちのメール { $n }通
office-waiting-jobs = これから行う自動処理 { $n }件
office-backup-last = 最後のバックアップ { $at }（{ $size }）
office-backup-none = バックアップはまだありません
office-failed-mails = 送信できなかったメール
office-failed-mails-none = 送信できなかったメールはありません。
office-dead-jobs = 止まった自動処理
office-dead-jobs-none = 止まった自動処理はありません。
office-refused-reports = 事案にできなかった報告
office-refused-reports-none = 事案にできなかった報告はありません。
office-refused-reports-some = インシデントの報告が{ $n }件、データベースに入らないまま、このサーバーのファイルに残っています。窓口では見えません。すぐに初動対応責任者に知らせ、原因をプログラムのログで確かめてください。1時間ごとと起動のときに、自動でもう一度入れます。
office-refused-reports-unknown = 事案にできなかった報告があるか、確かめられませんでした。サーバーのディスクを確かめてください。
office-attempts = { $n }回試しました
office-failure-smtp = 相手のメールサーバーが受け取りませんでした（応答{ $code }）
office-failure-tls = メールサーバーと暗号化した通信ができませんでした
office-failure-timeout = メールサーバーの応答がありませんでした
office-failure-connection = メールサーバーに接続できませんでした
office-failure-relay-cannot = メールサーバーが必要な方式に対応していません
office-failure-expired = 送る期限を過ぎました
office-failure-restored = バックアップを戻したときに止めました。バックアップのあとで済んだかどうかは、分かりません
office-failure-inside = 必要な情報がそろわず、処理できませんでした
office-retry = もう一度試す
office-retire = もう試さない
office-done-retried = もう一度試します。
office-done-retired = もう試さないことにしました。
office-done-gone = すでに処理が済んでいます。
office-job-trainings-let-go = 取り消された席を次の方に回す
office-job-trainings-tell-opening = 受付開始のお知らせを送る
office-job-office-tell = 申込者全員にお知らせを送る
office-job-archive-tell = 録画の公開を知らせる
office-job-archive-tell-on = 録画の公開を知らせる（続き）
office-job-reminders-gather = 研修の前後に送るお知らせの宛先をまとめる
office-job-reminders-post = 研修の前後のお知らせを送る
office-job-desk-call = 当番に電話で知らせる
office-job-other = 自動処理

## 配信記録
office-delivery = 配信記録
office-delivery-none = 当てはまるメールはありません
office-shelf-gone = 処理済み
office-shelf-waiting = 送信待ち
office-shelf-failed = 送信できなかったもの
office-shelf-bounced = 届かなかったもの
office-mail-sent = 送信済み
office-mail-waiting = 送信待ち
office-mail-failed = 送信できませんでした
office-mail-bounced = 届きませんでした
office-mail-dropped = 送信取りやめ
office-mail-trainings-applied = 申し込みの受付
office-mail-trainings-again = 申し込み済みのお知らせ
office-mail-trainings-promoted = 席の確定
office-mail-trainings-moved = 日程の変更
office-mail-trainings-cancelled = 申し込みの取り消し
office-mail-trainings-restored = 取り消しを元に戻したお知らせ
office-mail-trainings-links = 申し込みのリンクのご案内
office-mail-trainings-will-tell = お知らせの希望の受付
office-mail-trainings-opened = 受付開始のお知らせ
office-mail-assignments-due = 受講の割り当てのお知らせ
office-mail-certificates-issued = 証明書のお知らせ
office-mail-certificates-reissued = 再発行した証明書のお知らせ
office-mail-certificates-revoked = 証明書の失効のお知らせ
office-mail-office-rescheduled = 回の日時変更のお知らせ
office-mail-office-called-off = 回の中止のお知らせ
office-mail-inquiries-received = お問い合わせの受付
office-mail-inquiries-answered = お問い合わせへの回答
office-mail-inquiries-new = 新しいお問い合わせ（事務局宛て）
office-mail-accounts-sign-in-link = サインイン用のリンク
office-mail-accounts-changed = サインインの方法の変更
office-mail-accounts-invited = 役割への招待
office-mail-accounts-role-changed = 役割の変更のお知らせ
office-mail-other = メール

## 操作の記録
office-audit = 操作の記録
office-audit-sift = 記録をしぼり込む
office-audit-actor = 操作した人
office-audit-act = 操作
office-who-applicant = 申込者本人
office-who-program = 連携プログラム
office-who-account = 削除された利用者
office-who-system = 自動処理
office-who-visitor = サイトの訪問者
office-act-applications-applied = 申し込み
office-act-applications-imported = 一覧からの申し込み
office-act-lists-imported = 一覧の取り込み
office-act-applications-moved = 日程の変更
office-act-applications-cancelled = 申し込みの取り消し
office-act-applications-restored = 取り消しを元に戻す操作
office-act-applications-promoted = キャンセル待ちからの確定
office-act-exports-asked = 書き出しの申請
office-act-exports-approved = 書き出しの承認
office-act-exports-refused = 書き出しの却下
office-act-exports-withdrawn = 書き出しの申請の取り下げ
office-act-applications-exported = 申込者の書き出し
office-act-courses-completed = コースの修了
office-act-courses-named = 修了証のお名前の記入
office-act-assignments-assigned = 受講の割り当て
office-act-assignments-enrolled = 職員の名簿への追加
office-act-assignments-left = 職員の名簿からの削除
office-act-assignments-waived = 受講の対象外
office-act-assignments-restored = 受講の対象に戻す
office-act-assignments-due-moved = 受講の期限の変更
office-act-assignments-ended = 受講の割り当ての取りやめ
office-act-assignments-exported = 受講の状況の書き出し
office-act-kits-exported = 院内研修の結果の書き出し
office-act-kits-made = 院内研修の持ち出し版の作成
office-act-kits-received = 院内研修の結果ファイルの受け取り
office-act-kits-recorded = 院内研修の結果の記録
office-act-kits-result-withdrawn = 院内研修の結果の取り消し
office-act-kits-taken = 院内研修の持ち出し版の受け取り
office-act-packages-imported = 教材パッケージの取り込み
office-act-packages-opened = 教材パッケージの公開
office-act-packages-shut = 教材パッケージの公開の取りやめ
office-act-packages-deleted = 教材パッケージの削除
office-act-packages-abandoned = 教材パッケージの受講の打ち切り
office-act-packages-waived = 教材パッケージの単元の免除
office-act-certificates-issued = 証明書の発行
office-act-certificates-reissued = 証明書の再発行
office-act-certificates-revoked = 証明書の失効
office-act-certificates-retried = 証明書の作成のやり直し
office-act-certificates-rule-set = 修了証の条件の変更
office-act-certificates-record-exported = 受講実績一覧の書き出し
office-reason-attendance = 受講の記録の訂正
office-reason-mistake = 誤った発行
office-reason-asked = ご本人のお申し出
office-act-applications-read-by-program = プログラムが申込者を読み取り
office-act-sessions-added = 追加の回の登録
office-act-sessions-changed = 回の内容の変更
office-act-sessions-called-off = 回の中止
office-act-sessions-lecturers = 講師の変更
office-act-courses-changed = 研修の内容の変更
office-act-plans-begun = 変更の計画の作成
office-act-plans-requested = 変更の計画の確認依頼
office-act-plans-returned = 変更の計画の差し戻し
office-act-plans-approved = 変更の計画の承認
office-act-plans-published = 変更の計画の公開
office-act-plans-abandoned = 変更の計画の取りやめ
office-act-programmes-made = 年度の研修の作成
office-act-programmes-cloned = 新しい年度の研修の作成
office-act-programmes-imported = 研修計画の取り込み
office-act-mails-retried = メールの再送
office-act-mails-retired = メールの再送の取りやめ
office-act-jobs-retried = 自動処理のやり直し
office-act-jobs-retired = 自動処理のやり直しの取りやめ
office-act-tokens-issued = APIトークンを発行
office-act-tokens-ended = APIトークンを終了
office-act-records-client-made = 学習記録ストアのプログラムの鍵を作成
office-act-records-client-ended = 学習記録ストアのプログラムを終了
office-act-accounts-signed-in = サインイン
office-act-accounts-stepped-up = 本人確認
office-act-accounts-changed = サインインの方法の変更
office-act-accounts-invited = 役割への招待
office-act-accounts-accepted = 招待の承諾
office-act-accounts-confirmed = 役割の開始
office-act-roles-requested = 役割の承認依頼
office-act-roles-approved = 招待の承認
office-act-roles-refused = 招待の取りやめ
office-act-roles-excepted = 役割の例外
office-act-roles-given-alone = 1名での招待
office-act-roles-suspended = 役割の停止
office-act-roles-reinstated = 役割の再開
office-act-roles-ended = 役割の終了
office-act-recovery-asked = サインインの方法の作り直しの依頼
office-act-recovery-approved = 作り直しの承認
office-act-recovery-refused = 作り直しを承認しない決定
office-act-recovery-cancelled = 作り直しの取りやめ
office-act-recovery-opened = 作り直しのリンクの使用
office-act-inquiries-received = お問い合わせの受付
office-act-inquiries-taken = お問い合わせの対応開始
office-act-inquiries-answered = お問い合わせへの回答
office-act-inquiries-noted = お問い合わせへのメモ
office-act-inquiries-closed = お問い合わせの対応終了
office-act-inquiries-reopened = お問い合わせの対応再開
office-act-inquiries-forgotten = 保存期間を過ぎたお問い合わせの削除
office-act-texts-imported = 文書の取り込み
office-act-texts-saved = 文書の保存
office-act-texts-requested = 文書の確認依頼
office-act-texts-returned = 文書の差し戻し
office-act-texts-approved = 文書の承認
office-act-texts-published = 文書の公開
office-act-texts-withdrawn = 文書の取り下げ
office-act-settings-changed = 設定の変更
office-act-backup-made = バックアップの作成
office-act-backup-restored = バックアップを戻す操作
office-act-letters-loaded = 通知などの取り込み
office-act-organizations-imported = 医療機関などの一覧の取り込み
office-act-other = そのほかの操作

## メールの件名
office-mail-rescheduled-subject = 【日時変更】{ $day } { $course } { $nth }
office-mail-called-off-subject = 【中止】{ $day } { $course } { $nth }
