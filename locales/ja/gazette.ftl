## お知らせ・よくある質問・固定ページ・問い合わせで、ともに使う言葉
list-shown = { $total }件中 { $from }～{ $to }件
list-pages = ページの移動
list-previous = 前のページ
list-next = 次のページ
japanese-only = このページには日本語の本文があります。
