## Bringing in lists (every kind)
lists-import = Bring in a list
lists-choose = Choose a file
lists-card = Enter many at once from an Excel or CSV list.
lists-example = An example: this row is not brought in.
lists-template = Excel file to fill in
lists-file = File to bring in
lists-file-hint = Excel (.xlsx) or CSV in any encoding, up to { $lines } rows and { $size }.
lists-file-none = Please choose a file.
lists-no-lines = There are no rows below the headings. Please write from the second row on.
lists-nothing-yet = The next page shows what was read. Nothing is stored yet.
lists-look = See what was read
lists-preview-title = Before it is brought in
lists-preview-lead = The file has been read. Nothing is stored yet.
lists-stopped = It stopped half-way. { $n } rows have been settled; you can go on from there.
lists-form-excel = Excel (sheet “{ $sheet }”)
lists-form-csv = CSV
lists-form-shift-jis = CSV (Shift_JIS)
lists-fate-new = New
lists-fate-waiting = Waiting list
lists-fate-known = Already there
lists-fate-not = To be corrected
lists-rows = { $n ->
    [one] { $n } row
   *[other] { $n } rows
}
lists-row = Row { $n }
lists-column-row = Row
lists-column-what = What it says
lists-column-fate = What it becomes
lists-columns = See the columns that were read
lists-ignored = Columns not used
lists-first = { $n ->
    [one] The first row
   *[other] The first { $n } rows
}
lists-wrong = Rows to be corrected
lists-wrong-text = These rows are not brought in. Take the file that says what is to be corrected, correct it, and bring it in again. Rows that are already there do no harm.
lists-wrong-more = { $n ->
    [one] There is one more row; the file has them all.
   *[other] There are { $n } more rows; the file has them all.
}
lists-mend = Excel file of the rows to correct
lists-mend-column = To correct
lists-nothing-comes = This file holds no new row.
lists-consent = Personal information
lists-consent-hint = Names, e-mail addresses and places of work are used only for messages about this training, attendance records and certificates.
lists-consent-yes = The people on the list were told and have agreed
lists-consent-first = Please make sure that the people on the list have agreed
lists-mails = Confirmation e-mail
lists-mails-yes = Send each person an e-mail that confirms the application
lists-mails-hint = Otherwise nobody is e-mailed because of the list.
lists-recorded = Who brings a list in, and when, is recorded.
lists-other-file = Choose another file
lists-stop = Leave without bringing it in
lists-done-title = What was brought in
lists-forgotten = The file you sent is deleted after 24 hours.
lists-room = { $left ->
    [one] One seat is left
   *[other] { $left } seats are left
}.
lists-room-waiting = { $left ->
    [one] One seat is left
   *[other] { $left } seats are left
}, and { $waiting ->
    [one] one place
   *[other] { $waiting } places
} on the waiting list.
lists-room-unlimited = Seats are not limited.

## Applicants
lists-applicants-title = Bring in a list
lists-applicants-lead = Enters people who applied elsewhere as applicants of this session.
lists-applicants-file = applicants
lists-applicants-back = Back to the applicants
lists-applicants-rule-1 = It needs the columns 姓, 名, セイ, メイ, メールアドレス and お勤め先 (family and given name, their readings, e-mail address, place of work). Names may stand in one column with a space between them.
lists-applicants-rule-2 = A place of work that is in the list of institutions is found by its name or code. Otherwise please add its kind and prefecture.
lists-applicants-rule-3 = The same name and e-mail address is entered once per session.
lists-applicants-rule-4 = If seats run out, the upper rows get them and the others go to the waiting list.
lists-applicants-example-family = 見本
lists-applicants-example-given = 花子
lists-applicants-example-family-kana = ミホン
lists-applicants-example-given-kana = ハナコ
lists-applicants-example-email = hanako@example.jp
lists-applicants-example-place = 見本内科クリニック
lists-applicants-example-kind = 診療所
lists-applicants-example-prefecture = 東京都
lists-applicants-example-job = 看護師
lists-applicants-button = { $n ->
    [one] Bring in one person
   *[other] Bring in { $n } people
}
lists-applicants-done = { $n ->
    [0] Nobody new was entered.
    [one] One person was entered.
   *[other] { $n } people were entered.
}
lists-applicants-no-name = There is no column for names. Please add 姓 and 名, or 氏名.
lists-applicants-no-kana = There is no column for readings. Please add セイ and メイ, or フリガナ.
lists-applicants-full = All seats and places on the waiting list are taken. Please raise the limit, or bring it into another session
lists-applicants-wrong-code = No institution has this code. Check it, or leave it empty and write kind and prefecture
lists-applicants-wrong-kind = The kind cannot be read. Please write one of these: { $names }
lists-applicants-wrong-prefecture = The prefecture cannot be read. Please write it like 東京都
lists-applicants-wrong-job = The job cannot be read. Please write one of these, or nothing: { $names }
lists-applicants-wrong-kind-empty = Please write the kind of the place of work
lists-applicants-wrong-prefecture-empty = Please write the prefecture of the place of work
lists-applicants-wrong-which = { $n ->
    [one] One institution has a similar name. Please write its code, or the kind and prefecture
   *[other] { $n } institutions have similar names. Please write the code, or the kind and prefecture
}

## Notices
lists-notices-title = Bring in notices
lists-notices-lead = Enters earlier notices as drafts. They go public once they are checked and approved.
lists-notices-file = notices
lists-notices-back = Back to the notices
lists-notices-rule-1 = It needs the columns 題名, 本文 and 分類 (title, text, category). The text may be Markdown.
lists-notices-rule-2 = The category is 研修, 変更, 教材 or 案内.
lists-notices-rule-3 = A number of the old site, such as 2026-0810-1, is kept when the notice goes public. Without one it gets the number of that day.
lists-notices-example-number = 2026-0810-1
lists-notices-example-category = 研修
lists-notices-example-title = 研修の受付を始めました
lists-notices-example-body = 今年度の研修の受付を始めました。[研修の一覧](/trainings)からお申し込みください。
lists-notices-button = { $n ->
    [one] Make one draft
   *[other] Make { $n } drafts
}
lists-notices-done = { $n ->
    [0] No new notice was entered.
    [one] One notice is now a draft.
   *[other] { $n } notices are now drafts.
}
lists-notices-wrong-slug = Please write the number like 2026-0810-1
lists-notices-wrong-future = The day of this number has not come yet
lists-notices-wrong-taken = Another notice has this number: “{ $title }”
lists-notices-wrong-category = The category must be 研修, 変更, 教材 or 案内

## Frequent questions
lists-questions-title = Bring in questions
lists-questions-lead = Enters questions with their answers as drafts. They go public once they are checked and approved.
lists-questions-file = questions
lists-questions-back = Back to the questions
lists-questions-rule-1 = It needs the columns 質問, 回答 and 分類 (question, answer, topic). The answer may be Markdown.
lists-questions-rule-2 = Write the topic as the headings of the page of questions do.
lists-questions-rule-3 = A number is kept when the question goes public. Without one it gets the next.
lists-questions-example-topic = 申し込み
lists-questions-example-title = 申し込みにアカウントは必要ですか
lists-questions-example-body = 必要ありません。お名前、メールアドレス、お勤め先を入れると申し込めます。
lists-questions-button = { $n ->
    [one] Make one draft
   *[other] Make { $n } drafts
}
lists-questions-done = { $n ->
    [0] No new question was entered.
    [one] One question is now a draft.
   *[other] { $n } questions are now drafts.
}
lists-questions-wrong-number = Please write a number from 1 to 9999
lists-questions-wrong-taken = Another question has this number: “{ $title }”
lists-questions-wrong-topic = The topic must be one of these: { $names }
lists-questions-wrong-place = The places must be some of these, separated by commas: { $names }
