## よくある質問
faq-title = よくある質問
faq-lead = お問い合わせの多い質問と答えです。番号は変わりませんので、「Q3」のようにお使いいただけます。
faq-topics = 質問の分類
faq-contents = 質問の一覧
faq-range = Q{ $from }～Q{ $to }
faq-previous = 前の質問
faq-next = 次の質問
faq-none = 質問はまだありません
faq-none-text = 分からないことは、お問い合わせください。
faq-more = 答えが見つからないときは
faq-more-text = 事務局にお問い合わせください。お電話でも承ります。
faq-ask = お問い合わせへ
faq-topic = 分類
faq-topic-apply = 申し込み
faq-topic-change = 変更・取り消し
faq-topic-mail = メール
faq-topic-audience = 対象と内容
faq-topic-archive = 録画と資料
faq-topic-certificate = 証明書
faq-topic-incident = サイバー攻撃かもしれないとき
faq-shown = ほかに表示するところ
faq-shown-hint = 質問が起こりやすいページにも、答えを表示します。
faq-place-course = 研修のページ
faq-place-apply = 申し込みの画面
faq-place-thanks = 受付完了の画面
faq-place-my = マイページ
faq-wrong-topic = 分類を選んでください

## 事務局
faq-staff-title = よくある質問の管理
faq-staff-lead = 番号は最初の公開のときに決まり、ほかの質問に使い回しません。
faq-staff-new = 質問を追加する
faq-publish-effect = 「よくある質問」のページと、選んだところに、すぐに載ります。
