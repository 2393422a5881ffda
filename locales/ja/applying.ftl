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
series-earlier-all = 選んだ回は、すべてすでに申し込まれています。確認・変更のリンクを、{ $address } へもう一度お送りしました。
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
