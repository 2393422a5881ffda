## The recording
archive-title = Recording of { $nth }
archive-held = Held on { $when }
archive-opens = The recording is expected on { $at }. Recordings and materials are published after all online trainings have ended.
archive-opens-unset = Recordings are published after all online trainings have ended. The day will be announced once all dates are set.
archive-in-preparation = The recording of this session is being prepared. It will appear on this page.
archive-no-sample = There is no sample film. Where the tool that makes one (ffmpeg) is installed, it plays here.
archive-over = The recordings were available until { $at }.
archive-cancelled = This session was cancelled, so there is no recording.
archive-until = Available until { $at }.
archive-no-video = Your browser cannot play this film.
archive-length = Length { $length }
archive-keys = Keys: space (play, pause), ←→ (5 seconds), c (captions), <> (speed)
archive-tools = How it plays
archive-speed = Speed
archive-captions-word = Captions
archive-mine = Your attendance
archive-anybody = Anybody may watch. If you apply, what you have seen is recorded; with enough of it and the check questions answered, it counts as attended.
archive-join = Apply and attend by the recording
archive-anybody-applied = If you applied for this session, open the link in your e-mail or sign in.
archive-links = Have my links e-mailed
archive-sign-in = Sign in
archive-unproven = The application that is open in this browser is for another session. A name and an address that were typed do not prove who you are, so your attendance of this session is not being recorded. If you have applied for this session too, please open it by the link in your mail.
archive-unproven-to = We mail all your links to { $address }.
archive-unproven-new = If you have not applied for this session yet, apply and attend by the recording.
archive-several = Several people applied with this address. For whom shall it be recorded?
archive-left-minutes = { $n ->
    [one] One more minute, and it counts as attended
   *[other] { $n } more minutes, and it counts as attended
}
archive-left-seconds = { $n ->
    [one] One more second, and it counts as attended
   *[other] { $n } more seconds, and it counts as attended
}
archive-left-minutes-check = { $n ->
    [one] Watch one more minute and answer the check questions, and it counts as attended
   *[other] Watch { $n } more minutes and answer the check questions, and it counts as attended
}
archive-left-seconds-check = { $n ->
    [one] Watch one more second and answer the check questions, and it counts as attended
   *[other] Watch { $n } more seconds and answer the check questions, and it counts as attended
}
archive-left-check = Answer the check questions, and it counts as attended
archive-is-complete = Attended (by the recording)
archive-completed-at = It has counted as attended since { $at }. Watching again does not change that.
archive-unseen = Not seen yet: { $parts }
archive-unseen-more = Not seen yet: { $parts } and more
archive-to-check = { $n ->
    [one] Answer the check question
   *[other] Answer the { $n } check questions
}
archive-needs-script = Recording what you see needs JavaScript. If you cannot use it, please phone the office.
archive-how = What you see is recorded every 15 seconds. Up to twice the speed counts the same. You can go on with another device.
archive-to-application = See my application
archive-not-recorded = Your attendance is not being recorded. If you applied, open the link in your e-mail first.
archive-done-joined = You can attend by the recording now.
archive-chapters = Chapters
archive-transcript = Transcript
archive-search = Search for a word
archive-search-button = Search
archive-hits = { $n ->
    [one] Found in one place. Press the time to play from there.
   *[other] Found in { $n } places. Press a time to play from there.
}
archive-hits-none = “{ $word }” was not found. Try another word.
archive-transcript-whole = Show the whole transcript
archive-transcript-keep = Save the transcript (TXT)
archive-to-course = To the page of this training

## Check questions
archive-check-title = Check questions of { $nth }
archive-check-lead = With all answers right, it counts as attended. You can try as often as you like.
archive-check-question = Question { $n }
archive-check-right = Right
archive-check-not-right = Please think again
archive-check-wrong = { $n ->
    [one] One answer is not right. Read why, and try again.
   *[other] { $n } answers are not right. Read why, and try again.
}
archive-check-unseen = { $n ->
    [one] Watch one more minute to answer the questions.
   *[other] Watch { $n } more minutes to answer the questions.
}
archive-check-button = Check my answers
archive-check-back = Back to the recording

## Applying for the recording
archive-join-title = Attend { $nth } by its recording
archive-join-lead = With your name and e-mail address, what you see is recorded. This application is for the recording only.
archive-join-button = Apply and watch
archive-join-earlier = This person has applied before. We have e-mailed the link; please open it from there.

## Ending notices
decline-title = End notices about recordings
decline-lead = We send no more e-mails about published recordings to this address. Your applications stay.
decline-button = End these notices
decline-done = You get no more notices about recordings.
decline-broken = This link does not work: part of it is missing, or a character has changed. Copy the link from the e-mail to its very end and open it again. If that does not help, please contact the office.

## Materials
material-heading = Materials
material-none = There are no materials yet.
material-add = Add a material
material-title = Name
material-title-hint = Shown on the public page. Type and size are added by the program.
material-title-empty = Please give it a name.
material-title-long = A name has at most 100 characters (now { $n }).
material-moment = Shown from
material-moment-hint = If you do not choose, together with the recording.
material-moment-before = Before (at once)
material-moment-day = On the day (from midnight)
material-moment-after = Afterwards (with the recording)
material-whose = Belongs to
material-of-session = This session
material-of-course = All sessions of this training
material-shown = { $moment }, { $whose }
material-file = File
material-file-hint = PDF, PPTX, XLSX, ZIP, PNG, JPEG, TXT; up to 50 MB.
material-add-button = Add this material
material-change = Replace or withdraw
material-replace-file = New file
material-replace = Replace by this file
material-withdraw = Withdraw this material
material-earlier = { $n ->
    [one] One earlier file
   *[other] { $n } earlier files
}
material-unknown = That material was not found. Please open the page again.
file-none = Please choose a file.
file-kind = Files of this type are not taken. Please use PDF, PPTX, XLSX, ZIP, PNG, JPEG or TXT.
file-kind-film = Files of this type are not taken. Please choose a film as MP4 (H.264 and AAC) or WebM.
file-large = The file is too large. Please make it smaller and send it again.
file-empty = There is nothing in the file. Please open the original to check it, and choose it again.
file-other = What is in the file is not what its name says. Please save it again with its own program.
file-macros = Files with macros are not taken. Please save it without macros.
file-package = The packed file holds dangerous names, or too much. Please make it anew.
file-damaged = The file is damaged. Please make it anew.
film-no-length = The length of the film cannot be read. Please export it as MP4 (H.264 and AAC) again.

## Staff: recordings and materials
archive-recording = Recording
archive-state-none = No film
archive-state-ready = Can be published
archive-state-waits = Waits for its day
archive-state-public = Public
archive-state-withdrawn = Withdrawn
archive-when = Available
archive-open-between = { $opens } to { $closes }
archive-open-unset = Not set, since some sessions have no date yet.
archive-change-opening = Change this period
archive-film-word = Film
archive-film = { $kind }, length { $length }, { $size }
archive-film-none = None yet
archive-qualities-word = Quality
archive-qualities-made = 720p and 360p. What viewers get follows their connection.
archive-qualities-failed = Sent in its own quality only: no other could be made of this video.
archive-qualities-none = Sent in its own quality only: this server has no ffmpeg.
archive-qualities-making = Other qualities are being made ({ $made } of { $pieces })
archive-captions-missing = None yet. To publish, add captions or the reason for having none.
archive-captions-lines = { $n ->
    [one] One line
   *[other] { $n } lines
}
archive-captions-none = None ({ $why })
archive-edit-captions = Edit captions
archive-details-word = Chapters and questions
archive-details-line = Chapters { $chapters }, check questions { $questions }, attended from { $threshold } %
archive-edit-details = Edit chapters and questions
archive-figures = Attendance
archive-figures-line = Watched by { $watched }, attended by { $completed }
archive-publish = Publish
archive-withdraw = Withdraw
archive-public-page = See the public page
archive-back = Back to the recording
archive-send-film = Send a film
archive-choose-film = File of the film
archive-film-hint = MP4 (H.264 and AAC) or WebM, up to { $size }. Please keep this page open until it is sent.
archive-film-hint-script = MP4 (H.264 and AAC) or WebM, up to { $size }. If it breaks off, choose the same file to go on.
archive-send-button = Send the film
archive-upload-had = Received so far
archive-upload-waits = “{ $name }” is being received ({ $have } of { $parts }). Choose the same file to go on.
archive-upload-working = “{ $name }” was received and is being checked.
archive-upload-refused = The film that was sent before could not be taken. { $why }
archive-look-again = Look again
archive-js-sending = Sending ({"{"}have{"}"} of {"{"}parts{"}"})
archive-js-broken = The connection broke off. It goes on as soon as it can.
archive-js-sent = Sent. It is being checked.
archive-done-film = The film was received.
archive-done-captions = The captions are saved.
archive-done-details = Chapters and questions are saved.
archive-done-published = It is published.
archive-done-withdrawn = It is withdrawn.
archive-done-material = The material is added.
archive-done-material-withdrawn = The material is withdrawn.
upload-unknown = This transfer has ended or was not found. Please open the page again and choose the file.
upload-damaged = What was sent has changed on the way. Please send it again.
upload-working = The film that was sent before is still being checked. Please send this one afterwards.
upload-missing = Some parts have not come. Please send it again.

captions-title = Captions
captions-lead = Captions are needed by those who hear little or watch without sound. They make the words searchable, too.
captions-file = File of captions
captions-file-hint = WebVTT (.vtt). It replaces what stands below.
captions-text = Captions
captions-text-hint = The first line is “WEBVTT”. Times look like “00:00:01.000 --> 00:00:04.000”, the words follow on the next line.
captions-without = Reason for having none
captions-without-hint = Only if it is published without captions (at most 200 characters).
captions-button = Save captions
captions-nothing = Please add captions, or say why there are none.
captions-no-utf8 = The characters of the file cannot be read. Please save it as UTF-8.
captions-no-head = Please begin the first line with “WEBVTT”.
captions-no-time = Line { $line } has no time like “00:00:01.000 --> 00:00:04.000”.
captions-backwards = The time on line { $line } ends before it begins.
captions-order = The time on line { $line } is before the one above it.
captions-silent = No words follow the time on line { $line }.
captions-empty = There is not a single caption.
captions-too-many = There are too many captions by line { $line }.

details-title = Chapters and check questions
details-chapters = Chapters
details-chapters-hint = One on a line, such as “00:12:30 First steps”.
details-threshold = Attended from (%)
details-threshold-hint = How much of the film has to be seen.
details-threshold-wrong = Please enter a number from 1 to 100.
details-questions = Check questions
details-questions-hint = Two to five. A line with 問 asks, ○ is the right answer, × a wrong one, 解説 says why. There may be none.
details-button = Save
chapters-no-time = Line { $line } does not begin with a time like “00:12:30”.
chapters-no-title = Line { $line } has no title.
chapters-order = The time on line { $line } is not after the chapter before it.
chapters-beyond = The time on line { $line } is after the end of the film.
questions-unknown = Please begin line { $n } with 問, ○, × or 解説.
questions-orphan = No 問 stands before line { $n }.
questions-unfinished = The question on line { $n } needs two or more answers, one right one, and one explanation.
questions-number = There have to be two to five questions (now { $n }).

publish-title = Publish the recording
publish-now = Recordings are available now, so everybody can watch it at once.
publish-at = Everybody can watch it from { $at }.
publish-later = Everybody can watch it once recordings are available.
publish-told = { $n ->
    [one] One person who applied for this session is told by e-mail when it opens.
   *[other] { $n } people who applied for this session are told by e-mail when it opens.
}
publish-wishes = { $n ->
    [one] One person who asked to be told gets an e-mail, too.
   *[other] { $n } people who asked to be told get an e-mail, too.
}
publish-button = Publish this recording
publish-no-film = There is no film yet. Please send one first.
publish-no-captions = There are no captions yet. Add them, or say why there are none.
publish-already = It is published.
publish-not-public = It is not published.
withdraw-title = Withdraw the recording
withdraw-will = Nobody can watch it from then on. What was recorded of attendance stays. No e-mail is sent.
withdraw-reason = Reason
withdraw-reason-hint = Kept in the audit trail, not published.
withdraw-reason-empty = Please give a reason.
withdraw-reason-long = A reason has at most 200 characters (now { $n }).
withdraw-button = Withdraw it

opening-title = When recordings and materials are available
opening-derived = If nothing is set: from 9:00 on the day after the last session until the end of the fiscal year. With the present dates: { $when }
opening-by-itself = No period is set, so they are open from 9:00 on the day after the last session to the end of the year.
opening-opens = From
opening-opens-hint = Such as 2027-02-26 9:00. If empty, 9:00 on the day after the last session.
opening-ends = Until
opening-ends-hint = Such as 2027-03-31, which is included; a time may follow. If empty, the end of the fiscal year.
opening-courses = Other moments for single trainings
opening-check = Check
opening-now = Open them now
opening-wrong = Please write it like “2027-02-26 9:00”.
opening-backwards = It ends before it begins.
opening-will = Recordings and materials are available from { $opens } to { $closes }.
opening-told = { $n ->
    [one] One person is told by e-mail when they open.
   *[other] { $n } people are told by e-mail when they open.
}
opening-agree = Set this period
opening-done = The period is changed.

## Mails
mail-archive-opened-subject = Recording available: { $course }
mail-archive-opened-subject-many = { $n } recordings available
mail-archive-completed-subject = Attended: { $course }, { $nth }
mail-archive-joined-subject = You can attend by the recording: { $course }, { $nth }

## Names of acts and mails
office-act-archive-opening-set = Period of recordings changed
office-act-archive-film-taken = Film received
office-act-archive-captions-changed = Captions changed
office-act-archive-details-changed = Chapters and questions changed
office-act-archive-published = Recording published
office-act-archive-withdrawn = Recording withdrawn
office-act-archive-material-added = Material added
office-act-archive-material-replaced = Material replaced
office-act-archive-material-withdrawn = Material withdrawn
office-act-archive-joined = Applied for the recording
office-act-archive-completed = Attended by the recording
office-mail-archive-opened = Recording available
office-mail-archive-wished = Recording available
office-mail-archive-completed = Attended by the recording
office-mail-archive-joined = Attending by the recording
