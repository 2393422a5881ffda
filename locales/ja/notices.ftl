## お知らせ
notices-title = お知らせ
notices-lead = 研修の受付開始や変更、資料の公開などをお知らせします。
notices-years = 年度でしぼり込む
notices-all = すべて
notices-none = お知らせはまだありません
notices-none-text = 公開したものから、ここに並びます。
notices-newest = 新しいお知らせ
notices-back = お知らせの一覧
notices-revised = { $day }更新
notices-feed = 更新をフィード（Atom）で受け取る
notices-feed-title = { $site } お知らせ
notices-letters = これまでの通知・事務連絡を見る
notices-category = 分類
notices-category-training = 研修
notices-category-change = 変更
notices-category-material = 教材
notices-category-guidance = 案内
notices-wrong-category = 分類を選んでください
notices-gone-title = このお知らせは取り下げました
notices-gone-text = { $day }に取り下げたため、内容はご覧いただけません。
notices-gone-which = 題名
notices-gone-why = 理由

## 事務局
notices-staff-title = お知らせの管理
notices-staff-lead = 下書き、確認依頼、承認、公開の順に進みます。公開したお知らせのアドレスは変わりません。
notices-staff-new = お知らせを書く
notices-publish-effect = お知らせの一覧、トップページの「新しいお知らせ」、フィードに、すぐに載ります。
