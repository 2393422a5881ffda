## 同じ内容の別の回
elsewhere-title = 同じ内容の別の回に申し込まれています
elsewhere-title-known = すでに{ $when }の回に申し込まれています
elsewhere-text = このお名前とメールアドレスで、同じ内容の別の回の申し込みをすでに受け付けています。この回には、まだ申し込んでいません。どちらかを選んでください。
elsewhere-known-text = 内容は同じです。この回に変更すると、席が取れてから、いまの席を手放します。
elsewhere-change = この回に変更する
elsewhere-change-text = 変更するためのリンクを { $address } へお送りしました。メールのリンクを開き、「この日程に変更する」を押してください。
elsewhere-both = 両方に出席する
elsewhere-both-text = いまの申し込みを残したまま、この回にも申し込みます。
mail-elsewhere-subject = 【ご確認ください】{ $course }：すでに{ $day }の{ $nth }に申し込まれています

## 全回にまとめて申し込む
series-button-all = 全{ $n }回に申し込む
series-button = 受付中の{ $n }回にまとめて申し込む
series-button-text = 入力は一度だけです。回ごとに変更や取り消しができます。
series-title = まとめて申し込む
series-parts = 申し込む回
series-parts-hint = 外したい回は、チェックを外してください。
series-part-wait = 定員に達しています。キャンセル待ちに申し込みます
series-none-title = まとめて申し込める回がありません
series-none-text = いま受付中の回がありません。受付が始まったら、メールでお知らせできます。
series-confirm = この内容で{ $n }回に申し込む
error-parts-none = 申し込む回を1つ以上選んでください
series-waiting = キャンセル待ち
series-own-title = まとめて申し込んだ回
series-done = { $n }回分の申し込みを受け付けました
series-see = まとめて申し込んだ回を見る
series-not-taken = { $parts }は、受付が終わったか定員に達したため、申し込んでいません。
series-earlier = { $parts }は、すでに申し込まれています。
series-earlier-all = 選んだ回は、すべてすでに申し込まれています。確認・変更のリンクは、{ $address } へお送りしています。
series-part-open = この回を確認・変更する
series-cancel = すべての回を取り消す
series-cancel-lead = まだ始まっていない{ $n }回を、すべて取り消します。
series-cancel-will = 取り消しのメールを、回ごとに { $address } へお送りします（{ $n }通）。カレンダーの予定も消えます。10分以内なら、回ごとに元に戻せます。
series-cancelled = すべての回を取り消しました
series-column-part = 回
mail-series-subject = 【申込受付】{ $course } { $n }回分

## 開始が近いときの空き
offer-title = 空きが出ました
offer-lead = { $ends }まで、席を確保しています。参加するか辞退するかを選んでください。
offer-late = お返事の期限を過ぎました。席がまだ空いていれば、参加できます。
offer-take = 参加する
offer-decline = 辞退する
offer-decline-text = 辞退すると、キャンセル待ちも終わり、次の方に席が回ります。
offer-answer = 参加するか辞退するかを選ぶ
offer-choose = 「参加する」か「辞退する」を押してください。
offer-done = 席が確定しました
offer-gone = お返事の期限を過ぎたため、席はほかの方に回りました。キャンセル待ちは続いています。
offer-begun = 開始時刻を過ぎたため、参加の受付は終わりました。
mail-offered-subject = 【空きが出ました】{ $day } { $course } { $nth }：お返事ください

## 同僚の分もまとめて申し込む
colleagues-link = 同僚の分もまとめて申し込む（30名まで）
colleagues-title = 同僚の分もまとめて申し込む
colleagues-lead = 同じお勤め先の方を、30名まで一度に申し込めます。受付番号と確認のメールは、お一人ずつお送りします。ご本人が取り消すこともできます。
colleagues-office = 皆さんの職場
colleagues-office-mail = 職場のメールアドレス
colleagues-office-mail-hint = ご自身のアドレスがない方への連絡先です。全員の分を入れたときは、なくて構いません。
colleagues-people = 申し込む方
colleagues-people-hint = 姓と名、セイとメイのあいだに空白を入れてください。空いている欄は、そのままで構いません。
colleagues-row = { $n }人目
colleagues-name = お名前（姓 名）
colleagues-kana = フリガナ（セイ メイ）
colleagues-more = 欄を5人分ふやす
colleagues-paste = Excelから貼り付ける
colleagues-paste-label = 貼り付ける表
colleagues-paste-hint = 1行に1人、左から、お名前、フリガナ、メールアドレス、職種の順です。姓と名は、別の列でも構いません。
colleagues-paste-button = 貼り付けた表を欄に入れる
colleagues-consent = 全員が個人情報の取り扱いに同意しています
colleagues-error-consent = 全員に個人情報の取り扱いを伝え、同意を確かめてください
colleagues-error-none = 申し込む方を1人以上入れてください
colleagues-mail-note = 押すと、お一人ずつ、合わせて{ $n }通のメールをお送りします。
colleagues-apply = この内容で{ $n }名分を申し込む
colleagues-done-title = 同僚の方の申し込み
colleagues-done-lead = { $n }名分の申し込みを受け付けました。お一人ずつにメールをお送りしました。
colleagues-came-seat = 席が確定しました。
colleagues-came-waiting = キャンセル待ちを受け付けました。
colleagues-came-earlier = すでに申し込まれています。ご本人に確認のリンクをお送りしました。
colleagues-came-elsewhere = 同じ内容の別の回に申し込まれているため、申し込んでいません。変更するためのリンクをご本人にお送りしました。
colleagues-came-closed = 受付が終わったため、申し込んでいません。
colleagues-word-earlier = 申し込み済み
colleagues-word-not = 申し込んでいません
colleagues-again = ほかの方の分も申し込む
mail-signed-up-subject = 【職場からの申込】{ $day } { $course } { $nth }
colleagues-error-many = 一度に申し込めるのは30名までです。終わりの{ $n }名は入れていません。先に30名分を申し込んでください

## 同じ時間のほかの研修
conflict-title = 同じ時間に、別の研修に申し込まれています
conflict-text = { $course } { $nth }（{ $when }）と時間が重なっています。このまま申し込むこともできます。
conflict-mail = ご注意ください：同じ時間に、{ $course } { $nth }（{ $when }）にも申し込まれています。
conflict-my = 同じ時間に、別の研修にも申し込まれています。
