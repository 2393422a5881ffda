## The lobby
lobby-word = Lobby
lobby-title = Lobby of the training
lobby-enter = Enter the lobby
lobby-join = Join
lobby-mine = See my application
lobby-survey = Answer the questionnaire
lobby-survey-word = Questionnaire
lobby-other-dates = See other dates
lobby-is-before = The lobby is not open yet
lobby-is-open = The lobby is open
lobby-is-running = The session is being held
lobby-is-over = This session is over
lobby-is-undated = The date is being arranged
lobby-opens = Opens on { $at }
lobby-countdown = Opens in {"{left}"}
lobby-countdown-done = It is open now. To join, press “See my application”.
lobby-countdown-begin = Begins in {"{left}"}
lobby-open-text = Press “Join” and come in early: you can try whether you hear the sound.
lobby-running-text = You can still join. The time that you are there is recorded.
lobby-over-text = Thank you for taking part. The questionnaire stays open for 14 days.
lobby-over-thanks = Thank you for taking part.
lobby-over-film = If you could not take part, the recording counts as well. The page of the training says when it comes out.
lobby-course = To the page of this training
lobby-undated-text = The date will be announced on this page.
lobby-switched-title = The meeting has moved
lobby-switched = On { $at } the meeting was moved. “Join” leads to the new one. If you have the joining page open, the new link appears there.
lobby-do = What you can do now
lobby-check-word = Device check
lobby-check-lead = Try sound, picture and network beforehand.
lobby-check-go = Check my device
lobby-ask-word = Question to the lecturer
lobby-ask-lead = You can write or change your question until it begins.
lobby-ask-go = Write a question
lobby-together-lead = When several people watch one screen, each gets a record of their own.
lobby-together-host = Begin watching together
together-mine = Answer the questions
lobby-together-code = Take part by a code
lobby-materials = Materials
lobby-materials-open = Open the materials
lobby-help = If it does not work
lobby-help-1 = Reload the page, and press “Join” again.
lobby-help-2 = If the meeting does not open, try another browser (Edge, Chrome).
lobby-help-dial = Without internet, call the number shown on the joining page and take part by telephone.
lobby-help-3 = If you still cannot come in, please call us. Whoever could not take part can watch the recording later.

## From the lobby to one's own application
door-title = Please open the link in your e-mail
door-lead = No application for this session has been opened in this browser. Open the link in the e-mail that you got when you applied: it leads back to the lobby. If you cannot find the e-mail, we send it again from here.
door-another = An application for another session is open in this browser. Please open the link in the e-mail for this session.
door-email-hint = The address that you applied with. We send all your links.
door-choose = Who is joining?
door-choose-lead = There are several applications for this session under this address. Each person can join in a tab of their own.
door-phone = If you need help:

## Joining
join-title = Join
join-who = Who joins
join-name = { $name }
join-lead = Press the button: your attendance is recorded, and the link to the meeting is shown.
join-not-you = If you are not { $name }, please open the link in your own e-mail.
join-early = The lobby is not open yet. It opens on { $at }; then you can join from this page.
join-over = This session is over.
join-waiting = This application is still on the waiting list. You can join once you have a seat.
join-called-off = This session was called off.
join-cancelled = This application is cancelled.
join-reload = It is open now. Please reload this page.
join-to-lobby = Back to the lobby

## While taking part
joined-title = { $name }: taking part
joined-in = Your attendance is being recorded
joined-keep = Please keep this tab open
joined-as = In the meeting, please set your name to “{ $number } { $name }”. Your attendance is confirmed sooner.
joined-no-script = You have joined. When the session ends, enter the keyword and answer the questionnaire on this page.
joined-beat-ok = Your attendance is being recorded ({"{time}"}).
joined-beat-lost = The connection is interrupted. Recording goes on by itself once it is back.
joined-beat-gone = Recording has ended. Reload this page to see what comes next.
joined-changed = The meeting has moved. Please come in again by “Open the meeting”.
joined-open = Open the meeting
joined-no-link = The link to the meeting is being prepared. It will appear here.
joined-reload = Check for the latest link
joined-entry = Number of the meeting
joined-dial-in = By telephone
joined-over-text = Thank you for taking part. Please answer the questionnaire below.
joined-survey-open = The questionnaire is open: please answer it below.
joined-screen = You are watching together
joined-screen-text = The time is recorded by the screen at your workplace. Once the session has begun, answer the check questions on this page.
joined-keyword = Keyword
joined-keyword-label = The keyword that the lecturer announced
joined-keyword-hint = It is announced during the session. Capital or small letters, full or half width: all are fine.
joined-keyword-send = Send the keyword
joined-keyword-right = The keyword is right.
joined-keyword-wrong = That does not seem to be the keyword. Please check it and send it again, as often as you need.
joined-keyword-kept = We have the keyword, and will check it later.
joined-checks = Check questions
joined-checks-later = Two questions will appear here once the session has begun.
joined-checks-send = Send the answers
joined-checks-right = You answered the check questions correctly.
joined-checks-wrong = Not all answers are right. Please choose again, as often as you need.
joined-others = When somebody else joins, too
joined-others-text = Several people can join at one computer, each with a record of their own. Open the link in the other person's e-mail in a new tab. This tab goes on recording.
answer-unknown = Your answer could not be taken: this session does not ask for it, or your application was not found. If you need help, please call us.
answer-early = Not open yet. Please send it once the session has begun.
answer-late = It is closed. If you need help, please call us.
answer-empty = There is no answer yet. Please fill it in and send it again.
answer-too-often = Too many tries. Please call us.
survey-lead = Answers are counted without your name.
survey-send = Send the questionnaire
survey-thanks = Thank you for answering the questionnaire.
survey-missing = Please answer “{ $question }”.
survey-too-long = Please keep “{ $question }” to 1,000 characters.
survey-early = The questionnaire opens on { $at }.
survey-none = There is no questionnaire to answer for this application.
survey-back = Back to the application
ask-label = { $name }: question to the lecturer
ask-hint = Up to 500 characters. Not every question can be answered. Sending it empty takes the question back.
ask-send = Save
ask-add = Write a question
ask-change = Change the question
ask-done = We have your question
ask-too-late = The session has begun, so questions are closed.
application-by-viewing = Registered by watching together

## Device check
check-title = Device check
check-lead = Open this page on the computer or telephone that you will use, any day before.
check-sound = Sound
check-sound-text = Connect loudspeakers or earphones and turn the volume up. Where sound would disturb, have earphones ready.
check-sound-play = Play a sound
check-sound-said = Did you hear three notes? If not, check the volume, the mute switch and what is plugged in.
check-picture = Picture
check-picture-text = Try whether moving pictures run smoothly. Closing other programs helps.
check-picture-play = Move the picture
check-picture-label = A ball that moves from left to right
check-picture-said = Did the ball move smoothly? If not, close other programs and tabs.
check-net = Network
check-net-text = Use a cable, or a place with good reception. If the hospital's network blocks video, ask the person in charge of your systems.
check-net-try = Try the network
check-net-good = The connection is good ({"{ms}"} ms).
check-net-slow = The connection seems slow ({"{ms}"} ms). Try another place or network.
check-net-none = No connection. Check the network and try again.
check-browser = Browser
check-browser-text = A recent Edge, Chrome, Safari or Firefox will do.
check-browser-good = You can take part with this browser.
check-browser-old = Meetings may not open in this browser. Please use a recent Edge or Chrome.
check-if = If it does not work
check-if-1 = Restart the computer and try again.
check-if-2 = Where no meeting program can be installed, you can take part in the browser.
check-if-3 = If the hospital's network does not let you, a telephone's network will do.
check-if-4 = If it is not solved before the day, please call us.

## Watching together
together-word = Watching together
together-lead = For several people before one screen. Each gets a record and a receipt number of their own.
together-how-1 = Press the button below: a QR code and a code appear. Show this page beside the meeting.
together-how-2 = Each person scans it and enters a name. Whoever has no telephone is entered by you.
together-how-3 = When the session is over, press “End watching together”.
together-begin = Begin watching together
together-again = Begin again
together-early = You can begin when the lobby opens, on { $at }.
together-not-yet = The lobby is not open yet. Please try again once it is.
together-over = This screen is closed.
together-full = There are 300 people before this screen. Please open another one from a colleague's application.
together-no-seat = It can be opened from an application with a seat.
together-scan = Scan this with your phone
together-scan-text = Enter your name to get a record of your own. If it cannot be scanned, choose “Take part by a code” in the lobby and enter this code.
together-keep = Please keep this page open.
together-count = { $n ->
    [one] { $n } person is watching
   *[other] { $n } people are watching
}
together-nobody = Nobody has joined yet.
together-answered = Answered the check questions
together-by-mail = The link to the record went to their own address
together-remove = Remove
together-refresh = Refresh the list
together-end = End watching together
together-end-note = After that nobody new can join. Records stay, and questions can still be answered.
together-add = Add somebody by name
together-add-text = For those without a telephone. Whoever has no e-mail address gets a printed slip.
together-add-button = Add this person
together-email-hint = If there is one. The link to the record is sent there.
together-me = Watch together
together-me-lead = Enter your name if you are watching at the screen of { $place }.
together-me-button = Take part
together-privacy = What you enter is used for the record of the training.
together-earlier = You have applied for this session already
together-earlier-text = That you watched together was added to that application, and its owner is told by e-mail. Answer the questions by the link in the e-mail.
together-next-person = Add the next person
together-code = Code
together-code-lead = Enter the code of seven letters that is shown on the screen.
together-code-hint = Capital or small letters: both are fine.
together-code-go = Next
together-no-code = There is no screen with this code. Please check it again.
together-slips = Print the slips
together-slips-lead = For those without an e-mail address, to be cut out.
together-slips-none = There are no slips to print.
together-slip-text = The QR code leads to the questions, the questionnaire and your record.
together-back = Back to watching together

## The secretariat: the day
meeting-title = The day
meeting-lobby = Lobby
meeting-present-word = Taking part
meeting-present = { $n } (of whom there is a record within two and a half minutes)
meeting-where = The meeting
meeting-provider = Service
meeting-link = Link to the meeting
meeting-link-hint = An address that begins with https://. It never stands in the lobby; those who have joined see it once the lobby is open.
meeting-entry = Number and passcode
meeting-entry-hint = Shown like this to those who have joined.
meeting-dial-in = By telephone
meeting-dial-in-hint = The telephone number into the meeting, shown to those who have joined.
meeting-opens = Opens (minutes before the beginning)
meeting-opens-hint = Usually 20 minutes.
meeting-proof = Proof of attendance
meeting-keyword = Keyword
meeting-keyword-hint = The word that the lecturer announces. It can be changed until the end; answers that came before are compared, too.
meeting-questionnaire = Questionnaire
meeting-questionnaire-none = None
meeting-checks = Check questions for watching together
meeting-checks-hint = Everybody who watches together answers them. Leave them empty to ask nothing.
meeting-check-1 = Question 1
meeting-check-2 = Question 2
meeting-choices = Choices
meeting-choices-hint = One a line, two to six.
meeting-right = Number of the right choice
meeting-on-lobby = In the lobby
meeting-phone = Telephone of the day
meeting-phone-hint = Left empty, the usual contact is shown.
meeting-hours = Telephone hours
meeting-materials-hint = Only what may be seen before the day: everybody can see the lobby.
meeting-save = Save
meeting-done = The settings of the day were changed.
meeting-switched = { $n ->
    [one] The meeting was switched. { $n } person gets an e-mail.
   *[other] The meeting was switched. { $n } people get an e-mail.
}
meeting-in-use = The lobby is open, so change link and number by “Switch the meeting”: everybody is told.
meeting-error-https = Enter a link that begins with https://.
meeting-error-blanks = There are blanks in the link. Paste the link alone.
meeting-error-link-long = The link is too long. 500 characters at most.
meeting-error-long = { $n } characters. { $max } at most.
meeting-error-minutes = Enter a number from 0 to { $max }.
meeting-error-question = Enter the question.
meeting-error-choices = Enter two choices or more, up to 100 characters each.
meeting-error-right = Enter the number of the right choice.
provider-zoom = Zoom
provider-teams = Teams
provider-webex = Webex
provider-youtube = YouTube
provider-jitsi = Jitsi
provider-other = Another
switch-title = Switch the meeting
switch-will = { $n ->
    [one] { $n } person with a seat is told by e-mail.
   *[other] { $n } people with a seat are told by e-mail.
}
switch-lobby = The lobby changes at once, and pages of those who have joined show the new link within a minute or so.
switch-was = The link now
switch-link = Link to the new meeting
switch-button = { $n ->
    [one] Tell { $n } person and switch
   *[other] Tell { $n } people and switch
}
switch-same = This is the meeting as it is. Enter the new link.
switch-over = The session is over or called off, so the meeting cannot be switched.
mail-switched-subject = The meeting has moved: { $course } { $nth }, { $day }
mail-sat-down-subject = Your record of watching together: { $course } { $nth }, { $day }
mail-seated-subject = Your name was entered for watching together: { $course } { $nth }, { $day }
mail-why-sat-down = You get this e-mail because this address was entered when watching together.

## The secretariat: questionnaire and questions
totals-total = { $n ->
    [one] { $n } answer.
   *[other] { $n } answers.
}
totals-anonymous = They are not connected with names.
totals-none = No answers yet
totals-off = There is no questionnaire for this session
totals-off-text = One can be chosen in the settings of the day.
totals-xlsx = Export as Excel
totals-csv = Export as CSV
totals-table = As a table
totals-answer = Answer
totals-times = People
totals-mean = Mean { $mean }
totals-words = { $n ->
    [one] { $n } text
   *[other] { $n } texts
}
totals-all = See all
totals-back = Back to the totals
totals-number = Number
questions-title = Questions
questions-total = { $n } questions ({ $answered } answered)
questions-none = There are no questions
questions-none-text = They are taken with the application, and in the lobby until it begins.
questions-open = Open
questions-answered = Answered
questions-mark = Mark as answered
questions-reopen = Reopen
questions-who = Who asks (kind of institution, job)
questions-state = State
office-act-lobby-joined = Joined
office-act-lobby-checked = Check questions answered
office-act-lobby-prepared = Settings of the day changed
office-act-lobby-switched = Meeting switched
office-act-lobby-asked = Question to the lecturer changed
office-act-lobby-question-answered = Question marked as answered
office-act-lobby-question-reopened = Question reopened
office-act-lobby-questions-exported = Questions exported
office-act-lobby-answers-exported = Questionnaire exported
office-act-lobby-viewing-opened = Watching together begun
office-act-lobby-viewing-ended = Watching together ended
office-act-lobby-sat-down = Joined watching together
office-act-lobby-stood-up = Removed from watching together
office-mail-lobby-switched = The meeting has moved
office-mail-lobby-sat-down = Record of watching together
