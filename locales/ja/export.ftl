# ほかの学習管理システムで使うための書き出し（cmi5）

export-title = ほかの学習管理システムで使う
export-told = このコースを、cmi5形式のZIPにします。cmi5に対応した学習管理システムに取り込むと、単元ごとに開けます。完了と、確認テストの合否・点数が、その学習管理システムに記録されます。
export-told-here = このポータルの「教材パッケージ」にも取り込めます。
export-take = ZIPを受け取る

export-test = 確認テスト
export-unit-told = 約{ $minutes }分。スライド{ $slides }枚、問題{ $questions }問。
export-test-told = { $asked }問のうち{ $needed }問以上の正解で合格です。
export-readme =
    ほかの学習管理システムで使うための教材（cmi5形式）

    1. ZIPを展開（解凍）せず、そのまま、cmi5に対応した学習管理システムに取り込んでください。
    2. 受講する方は、学習管理システムから単元を開きます。単元は、スライドを読み、問題に答えると完了です。
    3. 確認テストは、決められた正解の数に届くと合格です。届かないときは、開き直すと、別の問題で何度でも受けられます。
    4. 途中で止めても、次に開くと続きから始まります。

    作成者と版の表示は消さないでください。

export-page-language = 日本語
export-page-connecting = 学習管理システムにつないでいます。
export-page-no-launch = 学習管理システムから開かれていません。読んで答えることはできますが、記録は残りません。記録を残すには、学習管理システムからこの単元を開いてください。
export-page-unreachable = 学習管理システムにつながりません。読んで答えることはできますが、記録は残りません。通信を確かめて、つなぎ直してください。
export-page-connect-again = つなぎ直す
export-page-spent = この画面では、記録が残りません。一度閉じた画面を開き直したか、時間が過ぎています。学習管理システムから、もう一度開いてください。ここまでに残した続きから始まります。
export-page-looking = 見直すために開いています。読んで答えることはできますが、記録は変わりません。
export-page-unsent = 記録を送れませんでした。いまの答えは、この画面に残っています。通信を確かめて、もう一度送ってください。
export-page-send-again = もう一度送る
export-page-refused = 学習管理システムが、記録を受け付けませんでした。別の画面で開き直されたか、学習管理システムの側で終わりになっています。この画面を閉じ、学習管理システムから、もう一度開いてください。
export-page-stop = ここで止める
export-page-stopped-title = ここまでを残しました
export-page-stopped = 次に開くと、続きから始まります。この画面は閉じて構いません。
export-page-leave = 終わって戻る
export-page-left-title = おつかれさまでした
export-page-left = この画面は閉じて構いません。
export-page-to-questions = 問題へ
export-page-back-to-slides = スライドに戻る
export-page-from-the-start = はじめから見直す
export-page-done-title = この単元は終わりです
export-page-done = 完了として記録しました。
export-page-done-unrecorded = スライドを読み、問題に答えました。
export-page-test-lead = {"{"}asked{"}"}問に答えます。{"{"}needed{"}"}問以上の正解で合格です。
export-page-test-begin = テストを始める
export-page-passed-before = このテストには、合格しています。もう一度受けても、記録は変わりません。
export-page-recorded-passed = 合格と点数を記録しました。
export-page-recorded-failed = 点数を記録しました。もう一度受けるには、いったん終わり、学習管理システムからこのテストを開き直してください。
export-page-again = もう一度受ける
