## Words on the certificate
certificate-session = Certificate of attendance
certificate-series = Certificate of completion
certificate-learned = Certificate of completion
certificate-number = Certificate number
certificate-honorific = { "" }
certificate-says-in = { $year }, { $programme }
certificate-says-session = has attended the following training
certificate-says-series = has completed the following training
certificate-says-learned = has completed the following course
certificate-training = Training
certificate-course = Course
certificate-day = Day
certificate-completed = Completed
certificate-way = How
certificate-way-live = Online, { $minutes } of { $of } minutes
certificate-way-archive = Recording
certificate-way-group = Together on one screen
certificate-way-hand = Attendance checked by the secretariat
certificate-way-parts = { $parts } of { $of } parts attended
certificate-way-learned = E-learning (all units and the test)
certificate-way-tested-out = E-learning (passed the test before the course)
certificate-way-test = { $right } of { $of } questions of the test right
certificate-learning-time = Learning time
certificate-learning-time-value = { $minutes } min (time away from the page left out, { $most } min a page at most)
certificate-way-keyword = keyword confirmed
certificate-way-check = { $right } of { $of } questions right
certificate-check = This certificate can be checked here.
certificate-qr = QR code of the page that checks this certificate
certificate-seal-place = Seal

## What a certificate is, and why
certificate-standing-waiting = Being made
certificate-standing-failed = Could not be made
certificate-standing-valid = Valid
certificate-standing-replaced = Reissued
certificate-standing-revoked = No longer valid
certificate-mail-page-application = the page of your application
certificate-mail-page-my = My page
certificate-mail-why-learned = You receive this because you completed an e-learning course.
certificate-why-attendance = the record of attendance was corrected
certificate-why-mistake = it was issued by mistake
certificate-why-asked = its owner asked for it
certificate-why-replaced = it was reissued

## The learner's pages
certificate-yours = Certificate
certificate-download = Save as PDF ({ $size })
certificate-making = Your { $title } is being made. An e-mail tells you when it is ready.
certificate-verify = See the page that checks it
certificate-wrong = If your name or workplace is wrong, please tell the secretariat. We will make it anew.

## The page that checks
verify-title = Check a certificate
verify-lead = With the code on a certificate of attendance or completion you can see whether it is genuine, and whether it is still valid.
verify-code = Verification code
verify-code-hint = Such as 7QK4-M2XD-9F3H: the last twelve characters of the address under the QR code. You may paste the whole address.
verify-button = Check this certificate
verify-none = There is no certificate with this code. Please compare its twelve characters with the paper once more. The digit zero and the letters O, I, L and U do not occur.
verify-how = What this page does
verify-how-1 = It shows everything that is printed on the certificate, as it was recorded when it was issued.
verify-how-2 = It says whether the certificate was reissued or revoked.
verify-how-3 = It tells whether a PDF is the very file that was issued. Certificates cannot be looked for by name or workplace.
verify-of = { $title } { $number }
verify-valid = This certificate is valid. It was issued on { $day }.
verify-revoked = This certificate has not been valid since { $day }: { $why }.
verify-replaced = This certificate is no longer valid. A new one was issued on { $day }; please ask for it.
verify-printed = What is printed
verify-printed-text = Please compare it with the certificate, line by line. If anything differs, the paper may have been altered.
verify-kind = Kind
verify-name = Name
verify-organization = Workplace
verify-says = What it certifies
verify-day = Date of issue
verify-project = Project
verify-issuer = Issued by
verify-seal = Seal
verify-address = Address of this page
verify-file = Check a PDF file
verify-file-text = Choose the PDF that you received, to see whether it is the file that was issued, to the last byte. The file is not kept.
verify-file-label = The PDF file that you received
verify-file-button = Check this file
verify-no-file = No file was chosen. Please choose the PDF that you received, and try again.
verify-same = This is the file that was issued
verify-same-text = Nothing in it has changed since.
verify-different = This is not the file that was issued
verify-different-text = It belongs to another certificate, or was altered. A scan of the paper is another file too. Please compare what is printed, below.
verify-hash = Check it on your own computer (SHA-256)
verify-hash-text = If one of these commands shows the value above, it is the file that was issued. The first line is for Windows, the second for Mac and Linux.
verify-badge = Digital credential (Open Badges 3.0)
verify-badge-text = Signed data that wallets and systems of personnel departments can take in.
verify-badge-button = Save the digital credential

## The secretariat's pages
certificates-title = Certificates
certificates-lead = Certificates are issued by themselves once attendance is confirmed.
certificates-total = { $n ->
    [one] { $n } certificate
   *[other] { $n } certificates
}
certificates-more-than = { $n } certificates or more
certificates-sift = Narrow the list of certificates
certificates-sift-text = Name, workplace or number
certificates-state = State
certificates-session = Session
certificates-training = Training and number
certificates-issued-at = Issued
certificates-all = Show all
certificates-none = There are no certificates yet
certificates-none-text = They appear here once attendance has been confirmed.
certificates-none-sifted = No certificate fits
certificates-failed-fault = The PDF could not be made. If it fails again, please tell the operator.
certificates-failed-character = No typeface has the character “{ $character }”, so it cannot be printed. Please ask its owner, and issue it with another character.
certificates-failed-count = { $n ->
    [one] { $n } certificate could not be made.
   *[other] { $n } certificates could not be made.
}
certificates-failed-look = See those that could not be made
certificates-waits-failed = Certificates that could not be made
certificates-retry = Make it again
certificates-reissue = Reissue
certificates-revoke = Revoke
certificates-ended = Not valid since { $at }: { $why }.
certificates-note = Internal note
certificates-note-hint = What was wrong, and who told you. Only the secretariat reads it. At most 200 characters.
certificates-note-empty = Please write an internal note.
certificates-later = See the new certificate
certificates-earlier = See the earlier certificate
certificates-file = File
certificates-no-file = There is no file yet.
certificates-about = About this certificate
certificates-record = Attendance record of the workplace
certificates-done-reissued = Reissued. Its owner gets an e-mail when the file is ready
certificates-done-revoked = Revoked. Its owner is told by e-mail
certificates-done-retried = It is being made again. Please open this page again in a few seconds
certificates-mend = Please check what you entered
certificates-too-long = Please write at most { $n } characters.
certificates-name-empty = Please enter the name.
certificates-name-hint = One blank between family and given name. Variants of kanji are printed as they are.
certificates-organization-empty = Please enter the workplace.
certificates-reissue-will = One certificate with a new number is issued, and its owner is told by one e-mail. The present one is no longer valid; the page that checks it says that it was reissued.
certificates-reissue-button = Reissue one certificate and send the e-mail
certificates-revoke-will = One certificate of { $name } will no longer be valid, and its owner is told by one e-mail. The page that checks it shows the day and the kind of reason. This cannot be undone.
certificates-revoke-button = Revoke one certificate and send the e-mail
certificates-why = Kind of reason
certificates-why-hint = It stands on the page that checks it, and in the e-mail.
certificates-why-empty = Please choose the kind of reason.
certificates-ended-already = This certificate is no longer valid already. It can be neither reissued nor revoked.
certificates-back = Back to the certificate
certificates-back-to-list = Back to the certificates
certificates-progress = Progress
certificates-progress-lead = The files of certificates that were issued within 24 hours are being made. You can leave this page; it goes on.
certificates-progress-none = No certificate was issued within 24 hours
certificates-progress-done = All of them are ready.
certificates-made = { $made } of { $issued } are ready
certificates-left = About { $minutes } minutes are left. The page looks again every five seconds.
certificates-left-soon = It begins soon. The page looks again every five seconds.
certificates-series = Rules of completion
certificates-series-lead = For trainings whose parts differ: how many parts have to be attended for a certificate of completion. Those already issued stay as they are.
certificates-series-none = There is no training whose parts differ
certificates-series-save = Set this rule
certificates-parts-all = All parts ({ $n })
certificates-parts-some = { $n } of { $of } parts or more
certificates-specimen = Make a specimen
certificates-specimen-lead = See how the present settings and the characters of a name are printed. It is marked as a specimen and has no code.
certificates-specimen-button = Save the specimen as PDF
certificates-specimen-name = 例示 髙子
certificates-specimen-organization = みほん市立総合病院
certificates-specimen-training = 導入研修 －立入検査対策コース－　第1回
certificates-specimen-mark = 見本
certificates-specimen-file = specimen

## The record of an institution
record-title = Attendance record
record-of = Attendance record of { $organization }
record-pdf = Save as PDF
record-xlsx = Save for Excel
record-more = These are the first 50 lines. The PDF and the Excel file have all of them.
record-code = Code of the institution
record-no-code = None
record-span = Fiscal year
record-people = People
record-people-value = { $people } people, { $lines } certificates
record-made = Made
record-stamp = Hash of the list (SHA-256)
record-nth = No.
record-name = Name
record-training = Training
record-day = Day
record-way = How
record-attendance = Check of attendance
record-check = Check of understanding
record-number = Certificate number
record-series = { $training } (completed)
record-learned = { $training } (e-learning)
record-way-live = Online
record-way-archive = Recording
record-way-group = Together on one screen
record-way-hand = Online
record-way-parts = Whole series
record-way-learned = E-learning
record-proof-live = { $minutes } of { $of } minutes
record-proof-archive-seen = { $minutes } of { $of } minutes of the recording seen
record-proof-archive = record of what was watched
record-proof-group = signed in at the place
record-proof-hand = checked by the secretariat
record-proof-parts = { $parts } of { $of } parts
record-proof-learned = { $n ->
    [one] All units, { $n } minute of learning
   *[other] All units, { $n } minutes of learning
}
record-none = ―
record-nothing = There are no records of attendance in this fiscal year.
record-note-check = Each certificate can be checked by the code on it.
record-note-attendance = Attendance was checked by the records of the meeting system, a keyword, the record of what was watched, a signature at the place, or by the secretariat.

## Subjects of the mails
mail-certificate-issued-subject = Your { $title } is ready: { $course }
mail-certificate-reissued-subject = Your { $title } was reissued: { $course }
mail-certificate-revoked-subject = Your { $title } is no longer valid ({ $number })

## Records of one's own institutions
institutions-title = Training records of your institutions
institutions-lead = What your staff attended, by fiscal year, to look at and to print. Use it where you have to show that training took place, such as at an inspection.
institutions-none = There is no institution whose record you can see
institutions-none-text = If your role has changed, please ask the secretariat.
institutions-column-name = Institution
institutions-column-code = Code
institutions-my-text = See and print what your staff attended.
institutions-my-more = See the records
