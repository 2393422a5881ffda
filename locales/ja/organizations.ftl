## お勤め先の候補
organizations-choose = お勤め先の候補
organizations-found = { $n }件見つかりました
organizations-many = 候補がたくさんあります。名前の続きや市区町村も入れると、しぼれます
organizations-none = 見つかりませんでした。読みや郵便番号でも探せます
organizations-other = この中にない
organizations-other-small = 名前を自分で入力します
organizations-beds = ・{ $n }床
organizations-about = { $kind }{ $beds }／{ $prefecture }{ $address }

## 一覧の取り込み
organizations-wrong-code = 医療機関コードは、半角の英数字20文字までにしてください
organizations-wrong-name = 名称を200文字までで入れてください
organizations-wrong-kana = フリガナを200文字までにしてください
organizations-wrong-kind = 種別が、種別の一覧にありません
organizations-wrong-prefecture = 都道府県が読めません。番号（01～47）か名前で入れてください
organizations-wrong-postcode = 郵便番号は7桁の数字にしてください
organizations-wrong-address = 住所を300文字までにしてください
organizations-wrong-beds = 病床数は数字にしてください
