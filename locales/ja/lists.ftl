## 一覧の取り込み（どの一覧にも共通）
lists-import = 一覧を取り込む
lists-choose = ファイルを選ぶ
lists-card = Excel・CSVの一覧から、まとめて登録します。
lists-example = 記入例です。この行は取り込みません。
lists-template = 記入用のExcelファイル
lists-file = 取り込むファイル
lists-file-hint = Excel（.xlsx）かCSVを選んでください。CSVの文字コードは問いません。{ $lines }行、{ $size }まで。
lists-file-none = ファイルを選んでください。
lists-no-lines = 見出しの下に、取り込む行がありません。2行目から書いてください。
lists-nothing-yet = 次の画面で、読み取った内容を確かめます。まだ何も登録しません。
lists-look = 内容を確かめる
lists-preview-title = 取り込む内容の確認
lists-preview-lead = ファイルを読み取りました。まだ何も登録していません。
lists-stopped = 途中で止まりました。{ $n }行まで取り込み済みです。続きから取り込めます。
lists-form-excel = Excel（シート「{ $sheet }」）
lists-form-csv = CSV
lists-form-shift-jis = CSV（Shift_JIS）
lists-fate-new = 新しく登録
lists-fate-waiting = キャンセル待ち
lists-fate-known = 登録済み
lists-fate-not = 直すところあり
lists-rows = { $n }行
lists-row = { $n }行目
lists-column-row = 行
lists-column-what = 内容
lists-column-fate = 取り込むと
lists-columns = 読み取った列を見る
lists-ignored = 使わない列
lists-first = はじめの{ $n }行
lists-wrong = 直すところがある行
lists-wrong-text = 次の行は取り込みません。直すところを書き添えたファイルを受け取り、直してから、もう一度取り込んでください。登録済みの行が混ざっていても、二重にはなりません。
lists-wrong-more = ほかに{ $n }行あります。ファイルには、すべての行が入っています。
lists-mend = 直す行だけのExcelファイル
lists-mend-column = 直すところ
lists-nothing-comes = このファイルから新しく取り込む行はありません。
lists-consent = 個人情報の取り扱い
lists-consent-hint = お名前・メール・お勤め先は、この研修の連絡、出席の記録、証明書のためだけに使います。
lists-consent-yes = 一覧の方に伝え、同意をいただきました
lists-consent-first = 一覧の方の同意を確かめてください
lists-mails = 確認のメール
lists-mails-yes = お一人ずつに、申し込みの確認メールを送る
lists-mails-hint = 選ばないときは、取り込みのメールを送りません。
lists-recorded = 誰がいつ取り込んだかを記録します。
lists-other-file = 別のファイルを選ぶ
lists-stop = 取り込まずに戻る
lists-done-title = 取り込みの結果
lists-forgotten = 送られたファイルは、24時間で消します。
lists-room = 残りの席：{ $left }
lists-room-waiting = 残りの席：{ $left }　キャンセル待ちの空き：{ $waiting }
lists-room-unlimited = 席の制限はありません。

## 申込者
lists-applicants-title = 一覧を取り込む
lists-applicants-lead = ほかで受け付けた方を、この回の申込者としてまとめて登録します。
lists-applicants-file = 申込者の一覧
lists-applicants-back = 申込者の一覧に戻る
lists-applicants-rule-1 = 姓・名、セイ・メイ、メールアドレス、お勤め先の列が必要です。「氏名」「フリガナ」のように1つの列なら、姓と名のあいだを空けてください。
lists-applicants-rule-2 = お勤め先が医療機関の名簿にあれば、名前か医療機関コードで結び付けます。ないときは、種別と都道府県も書いてください。
lists-applicants-rule-3 = 同じお名前とメールアドレスの方は、この回に1度だけ登録します。
lists-applicants-rule-4 = 席が足りないときは、上の行から順に確定し、残りはキャンセル待ちにします。
lists-applicants-example-family = 見本
lists-applicants-example-given = 花子
lists-applicants-example-family-kana = ミホン
lists-applicants-example-given-kana = ハナコ
lists-applicants-example-email = hanako@example.jp
lists-applicants-example-place = 見本内科クリニック
lists-applicants-example-kind = 診療所
lists-applicants-example-prefecture = 東京都
lists-applicants-example-job = 看護師
lists-applicants-button = { $n }名を取り込む
lists-applicants-done = { $n ->
    [0] 新しく登録した方はいません。
   *[other] { $n }名を登録しました。
}
lists-applicants-no-name = お名前の列がありません。「姓」と「名」、または「氏名」の列を書いてください。
lists-applicants-no-kana = フリガナの列がありません。「セイ」と「メイ」、または「フリガナ」の列を書いてください。
lists-applicants-full = 席もキャンセル待ちも定員に達しています。定員を増やすか、ほかの回に取り込んでください
lists-applicants-wrong-code = この医療機関コードは、名簿にありません。コードを確かめるか、空にして、種別と都道府県を書いてください
lists-applicants-wrong-kind = 種別を読み取れません。次のどれかで書いてください：{ $names }
lists-applicants-wrong-prefecture = 都道府県を読み取れません。「東京都」のように書いてください
lists-applicants-wrong-job = 職種を読み取れません。次のどれかで書くか、空にしてください：{ $names }
lists-applicants-wrong-kind-empty = お勤め先の種別を書いてください
lists-applicants-wrong-prefecture-empty = お勤め先の都道府県を書いてください
lists-applicants-wrong-which = 似た名前のお勤め先が、名簿に{ $n }件あります。医療機関コードか、種別と都道府県を書いてください

## お知らせ
lists-notices-title = お知らせを取り込む
lists-notices-lead = これまでのお知らせを、下書きとしてまとめて登録します。確認と承認を経て公開します。
lists-notices-file = お知らせの一覧
lists-notices-back = お知らせの一覧に戻る
lists-notices-rule-1 = 題名、本文、分類の列が必要です。本文はMarkdownで書けます。
lists-notices-rule-2 = 分類は「研修」「変更」「教材」「案内」のどれかです。
lists-notices-rule-3 = 前のサイトの番号（2026-0810-1など）があれば、公開するときに同じ番号を使います。空なら、公開した日の番号が付きます。
lists-notices-example-number = 2026-0810-1
lists-notices-example-category = 研修
lists-notices-example-title = 研修の受付を始めました
lists-notices-example-body = 今年度の研修の受付を始めました。[研修の一覧](/trainings)からお申し込みください。
lists-notices-button = { $n }件を下書きにする
lists-notices-done = { $n ->
    [0] 新しく登録したお知らせはありません。
   *[other] { $n }件のお知らせを下書きにしました。
}
lists-notices-wrong-slug = 番号は「2026-0810-1」のように書いてください
lists-notices-wrong-future = 番号の日付が、まだ来ていません
lists-notices-wrong-taken = この番号は、別のお知らせ「{ $title }」が使っています
lists-notices-wrong-category = 分類は「研修」「変更」「教材」「案内」のどれかで書いてください

## よくある質問
lists-questions-title = よくある質問を取り込む
lists-questions-lead = 質問と回答を、下書きとしてまとめて登録します。確認と承認を経て公開します。
lists-questions-file = よくある質問の一覧
lists-questions-back = よくある質問の一覧に戻る
lists-questions-rule-1 = 質問、回答、分類の列が必要です。回答はMarkdownで書けます。
lists-questions-rule-2 = 分類は、「よくある質問」のページの見出しと同じ言葉で書いてください。
lists-questions-rule-3 = 番号があれば、公開するときに同じ番号を使います。空なら、続きの番号が付きます。
lists-questions-example-topic = 申し込み
lists-questions-example-title = 申し込みにアカウントは必要ですか
lists-questions-example-body = 必要ありません。お名前、メールアドレス、お勤め先を入れると申し込めます。
lists-questions-button = { $n }件を下書きにする
lists-questions-done = { $n ->
    [0] 新しく登録した質問はありません。
   *[other] { $n }件の質問を下書きにしました。
}
lists-questions-wrong-number = 番号は1から9999までの数字で書いてください
lists-questions-wrong-taken = この番号は、別の質問「{ $title }」が使っています
lists-questions-wrong-topic = 分類は、次のどれかで書いてください：{ $names }
lists-questions-wrong-place = 表示する場所は、次のどれかを「、」で区切って書いてください：{ $names }
