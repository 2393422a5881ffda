# 取り込むファイルが読めないときの言葉です。行と列はExcelに出る番号と文字です。

intake-too-large = ファイルが大きすぎます。{ $most }までのファイルにしてください。
intake-swells = ファイルの中身が大きすぎます。使わないシートや書式を消して保存し直すか、CSVにしてください。
intake-too-long = 読み取りに時間がかかりすぎるため、途中でやめました。ファイルを分けるか、CSVにしてください。
intake-empty = ファイルに何も書かれていません。一覧のあるファイルかどうかお確かめください。
intake-not-a-table = 表のファイルではありません。Excel（.xlsx）かCSVのファイルを選んでください。
intake-old-workbook = 古い形式のExcelファイル（.xls）です。Excelで開き、「Excelブック（.xlsx）」で保存し直してください。
intake-protected = パスワードのかかったExcelファイルです。パスワードを外して保存し直してください。
intake-other-archive = Excelのファイル（.xlsx）ではありません。Excel（.xlsx）かCSVのファイルを選んでください。
intake-damaged = Excelファイルが壊れているため読めません。Excelで開き、別の名前で保存し直してください。
intake-encoding = { $row }行目の文字が読めません。Excelで開き、「CSV UTF-8」で保存し直してください。
intake-unclosed-quote = { $row }行目の引用符（"）が閉じていません。その行をお確かめください。
intake-too-many-rows = 行が多すぎます。{ $most }行までに分けてください。
intake-too-many-columns = { $row }行目の列が多すぎます。{ $most }列までにしてください。
intake-cell-too-long = { $row }行目{ $column }列の文字が多すぎます。{ $most }文字までにしてください。

intake-headings-nowhere = 見出しの行が見つかりません。最初の{ $most }行の中に、列の名前を書いてください。
intake-headings-missing = { $row }行目の見出しに、次の列がありません：{ $names }
intake-headings-twice = { $row }行目の見出しに「{ $names }」の列が二つあります（{ $first }列と{ $second }列）。一つにしてください。
