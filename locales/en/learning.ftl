# E-learning

learning-title = E-learning
learning-lead = One during the break, one on the way home: units of three to five minutes, on your phone, from where you left off.
learning-front = Learn at your own pace
learning-front-lead = Courses without dates. A unit takes three to five minutes; go on from where you left off, on your phone.
learning-front-button = See the e-learning courses
learning-for-beginner = For everyone who works in health care
learning-for-executive = For executives
learning-for-admin = For system and security administrators
learning-for-intro = For those who prepare an on-site inspection
learning-facts = about { $minutes } minutes ({ $units } units)
learning-in-ja = Japanese
learning-in-en = English
learning-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
}
learning-how-title = How it works
learning-how-1 = Begin with any unit. A unit is done when you have read its slides and answered two questions.
learning-how-2 = The course is completed when all units are done and you have passed the test, which you may take as often as you like.
learning-how-3 = Once you sign in, what you have done is kept, and you can go on from any device. Reading and answering questions needs no sign-in.

learning-start = Take this course, or go on
learning-start-note = To keep a record you sign in by your e-mail address; no password is needed.
learning-read-only = Read without a record
learning-name-in-japanese = { $whom } (course in Japanese)
learning-only-japanese = This course is in Japanese.
learning-objectives = What you will be able to do
learning-units = Units
learning-sources = Sources
learning-about = About this course
learning-fact-minutes = Time needed
learning-fact-period = Open
learning-fact-languages = Languages
learning-fact-completion = To complete it
learning-completion = Finish all units, and answer { $percent }% of the test ({ $asked } questions) correctly
learning-closed-title = This course is not open now
learning-closed = This course is open { $period }. It cannot be taken outside that time.
learning-to-course = About the course

learning-do = Do
learning-dont = Do not
learning-dated = This has changed
learning-notes = What the lecturer says
learning-slide-of = Slide { $n } of { $of }
learning-left = { $n ->
    [one] about 1 minute left in this unit
   *[other] about { $n } minutes left in this unit
}
learning-previous = Back
learning-next = Next
learning-to-questions = To the questions
learning-saved = Saved at { $time }
learning-saved-script = Saved at {"{"}time{"}"}
learning-waiting-script = Will be saved as soon as there is a connection. It is kept on this device.
learning-refused-script = {"{"}n{"}"} of the answers that could not be sent before were not saved, since the question has changed or is no longer open. Please answer again.
learning-kept-script = Kept on this device at {"{"}time{"}"}
learning-unsaved = Nothing is recorded.{" "}
learning-sign-in = Sign in to keep a record
learning-to-mine = See where you stand

learning-scene-choose = Choose as many as you like
learning-scene-look = Check what you chose
learning-scene-again = Choose again
learning-part-from-name = From
learning-part-from-address = Address
learning-part-to = To
learning-part-subject = Subject
learning-part-received = Received
learning-part-attachment = Attachment
learning-part-caller = Caller
learning-part-address-bar = Address
learning-part-from = From
learning-part-number = Number

learning-question-of = Question { $n } of { $of }
learning-question-more = One more question (no. { $n })
learning-question-n = Question { $n }
learning-choices = Choose your answer
learning-steps = Choose the order
learning-pairs = Choose what belongs together
learning-fill-label = Answer
learning-number-label = Answer ({ $unit })
learning-hint-one = Choose one.
learning-hint-several = Choose all that apply.
learning-hint-scene = Choose all that apply.
learning-hint-order = For each, choose its place.
learning-hint-match = For each on the left, choose what fits.
learning-hint-fill = Capitals and hyphens do not matter.
learning-hint-number = A number is enough.
learning-place-none = Choose its place
learning-place = No. { $n }
learning-place-yours = You put it at no. { $n }.
learning-pair-none = Choose
learning-choose-one = Nothing is chosen. Choose one, then press again.
learning-choose-some = Nothing is chosen. Choose at least one, then press again.
learning-order-all = Some have no place yet. Choose all of them, then press again.
learning-order-twice = Two have the same place. Give each a place of its own, then press again.
learning-match-all = Some have no partner yet. Choose all of them, then press again.
learning-fill-empty = There is no answer yet. Type a word, then press again.
learning-number-none = No number can be read. Type a number, then press again.
learning-answer = Check this answer
learning-answer-again = Answer again
learning-right = That is right
learning-wrong = Not quite. Read why below
learning-right-short = Right
learning-wrong-short = Wrong
learning-is-right = Applies
learning-is-wrong = Does not apply
learning-your-choice = Your answer
learning-your-answer = Your answer
learning-right-answer = Right answer
learning-pair-right = That fits
learning-pair-wrong = This belongs together
learning-taught-on = Explained on the slide:{" "}
learning-next-question = Next question
learning-next-unit = Next unit: { $title }
learning-one-more = Try one more question
learning-back-to-slides = Back to the slides

learning-state-new = Not begun yet
learning-state-begun = In progress
learning-state-completed = Completed
learning-completed = Completed on { $day } ({ $how })
learning-how-learned = all units and the test
learning-how-tested-out = passed the test before the course
learning-units-of = { $n } of { $of } units done
learning-left-all = { $n ->
    [one] about 1 minute left
   *[other] about { $n } minutes left
}
learning-saved-day = Saved on { $day }, { $time }
learning-begin = Begin
learning-go-on = Go on
learning-go-again = Read it again
learning-go-test = Take the test
learning-unit-done = Done
learning-unit-begun = Begun
learning-unit-new = To come
learning-why = Why it is not completed yet
learning-why-unit = “{ $title }” has not been begun.{" "}
learning-why-units = { $n } units have not been begun.{" "}
learning-why-both = “{ $title }” has { $slides ->
    [one] one slide
   *[other] { $slides } slides
} and { $questions ->
    [one] one question
   *[other] { $questions } questions
} left.{" "}
learning-why-slides = “{ $title }” has { $slides ->
    [one] one slide
   *[other] { $slides } slides
} left.{" "}
learning-why-questions = “{ $title }” has { $questions ->
    [one] one question
   *[other] { $questions } questions
} left.{" "}
learning-why-unit-link = To this unit
learning-why-test = The test has not been taken.{" "}
learning-why-test-best = Your best test has { $right } of { $asked } right; { $needed } are needed.{" "}
learning-why-test-link = To the test

learning-test = Test
learning-test-out = Test before the course
learning-test-text = You pass with { $percent }% of { $asked } questions right. The questions change each time, and you may take it as often as you like. If you stop, you can go on later.
learning-test-out-text = A short way for those who know it already: with { $percent }% of { $asked } questions right the course is completed without reading the units.
learning-test-begin = Begin the test
learning-test-out-begin = Begin the test before the course
learning-test-go-on = Go on answering
learning-test-again = Take it again
learning-test-question = { $kind }: question { $n }
learning-test-keep = Save the answer and go on
learning-test-previous = Previous question
learning-test-see-all = See all questions
learning-test-saved = { $n ->
    [one] 1 answer is saved
   *[other] { $n } answers are saved
}
learning-test-left = { $n ->
    [one] One question is not answered yet.
   *[other] { $n } questions are not answered yet.
}
learning-test-all = All questions are answered.
learning-test-go-left = Answer those that are left
learning-answered = Answered
learning-unanswered = Not yet
learning-hand-in = See the result
learning-hand-in-note = Once you see the result, the answers of this time cannot be changed. You may take the test again.
learning-result = { $kind }: result
learning-passed = passed
learning-not-passed = not passed
learning-score = { $right } of { $asked } right ({ $needed } needed)
learning-result-completed = You have completed this course.
learning-result-units = You have passed the test. The course is completed once the remaining units are done.
learning-result-again = Read the explanations and try again. The best result is kept.
learning-result-all = Questions and explanations
learning-tests-taken = Tests taken
learning-outcome = { $when }: { $kind }, { $right } of { $asked } right ({ $passed })

learning-record = Record of completion
learning-record-lead = Print it and keep it with your workplace’s training records.
learning-record-course = Course
learning-record-who = Learner (e-mail address)
learning-record-day = Completed on
learning-record-how = How
learning-record-score = Test
learning-record-test = { $right } of { $asked } right
learning-record-begun = Begun
learning-record-time = Learning time
learning-record-time-note = The time from opening each page to going on, added up. Time in which the page was not in view is left out, and no page counts more than { $minutes } minutes.
learning-record-version = Edition
learning-record-issued = This record was shown
learning-record-by = Issued by
learning-record-note = This is the record of your first completion. Learning again does not change its date.
learning-print = Print

learning-my-none = Units of three to five minutes on your phone. Courses that you begin appear here.
learning-my-assigned = The courses that you have begun stand above, under what is assigned to you.
learning-my-find = See the e-learning courses
learning-my-read = { $read } of { $slides } slides read
learning-my-done = Completed on { $day }

learning-certificate = Certificate of completion
learning-certificates = Certificates of completion
learning-certificate-making = Your certificate is being made. An e-mail tells you when it is ready.
learning-certificate-ready = Your certificate is ready.
learning-certificate-open = Save the certificate as PDF
learning-certificate-look = See how far the certificate is
learning-certificate-get = Write your name and get the certificate
learning-certificate-name-now = Write your name, and your certificate is issued.
learning-certificate-name-soon = Write your name now, and your certificate is issued as soon as you have completed the course.
learning-certificate-who = Name on the certificate
learning-certificate-change = Correct the name
learning-name-hint = It is printed on the certificate exactly as you write it.
learning-name-workplace = Workplace
learning-name-save = Use this name
learning-name-saved = Your name is saved
learning-name-family-empty = Please give your family name.
learning-name-given-empty = Please give your given name.
learning-name-long = Please keep it to { $n } characters.
learning-record-name = Name

learning-items-lead = How each question is answered. Those that want to be looked at come first.
learning-items-how = How this is counted
learning-items-how-right = Right at the first time counts the answer that somebody gave when they first met a question, in a unit or in a test. Later tries are left out.
learning-items-how-discrimination = Discrimination says, as a number from -1 to 1 (point-biserial correlation), whether those who answered the rest of their first test well were right here more often. Below 0.1 the question does not tell those who know from those who do not. Below 0, please check which answer counts as right, and the wording.
learning-items-version = Counted from up to 2,000 tests and 40,000 answers to edition { $version }, the latest first.
learning-items-fewest = Questions that fewer than { $n } people have answered show no numbers: so few would say less about the question than about the people.
learning-items-concern = What to look at
learning-items-right = Right at the first time
learning-items-discrimination = Discrimination
learning-items-people = People
learning-items-reversed = Check which is right
learning-items-hard = Hard
learning-items-dull = Tells nobody apart
learning-items-easy = Nearly all are right
learning-items-nothing = Nothing stands out
learning-items-too-few = Too few people
learning-items-instead = Chosen instead
learning-items-wrong = { $n }% chose “{ $choice }”

learning-staff-title = E-learning
learning-staff-lead = How many have begun and completed each course in its present period. Each course shows how its questions are answered.
learning-staff-course = Course
learning-staff-begun = Begun
learning-staff-on-the-way = On the way
learning-staff-learned = Completed
learning-staff-tested-out = Completed by the test before
learning-staff-question = Question
learning-staff-none = –

# Faults of courses, in the log
learning-fault = { $file }, line { $line }: { $what }
learning-fault-no-file = There is no such file.
learning-fault-unreadable = It cannot be read ({ $about }).
learning-fault-other-slug = The slug “{ $about }” is not the name of the folder.
learning-fault-bad-languages = The languages “{ $about }” are not right; Japanese has to be among them.
learning-fault-bad-day = “{ $about }” is no day; write it as 2026-11-01.
learning-fault-bad-minutes = { $about } minutes are not the sum of the units.
learning-fault-bad-completion = The condition “{ $about }” cannot be used; only all units and the test can.
learning-fault-no-text = “{ $about }” has a text that is missing in one of the languages.
learning-fault-twice = “{ $about }” is used twice, or cannot be used.
learning-fault-no-slide = There is no slide.
learning-fault-no-heading = A slide has no heading.
learning-fault-no-id = The heading “{ $about }” has no id; write {"{"}#name{"}"} behind it.
learning-fault-bad-id = The id “{ $about }” may have small letters, digits and hyphens.
learning-fault-no-notes = The slide “{ $about }” has no notes.
learning-fault-unknown-block = There is no block “{ $about }”.
learning-fault-open-block = The block “{ $about }” is not closed.
learning-fault-no-block = There is no block to close.
learning-fault-bad-figure = The figure is not written rightly ({ $about }).
learning-fault-no-figure = There is no figure “{ $about }”.
learning-fault-no-scene = There is no scene “{ $about }”.
learning-fault-other-slides = The slides are not those of the other language ({ $about }).
learning-fault-unknown-pool = There is no unit “{ $about }”.
learning-fault-unknown-slide = There is no slide “{ $about }”.
learning-fault-unknown-kind = There is no kind of question “{ $about }”.
learning-fault-bad-question = The question “{ $about }” has too few choices, or not as many right ones as it needs.
learning-fault-small-pool = The unit “{ $about }” has no more questions than a test draws.
learning-fault-bad-test = The pass mark or the draw of a test is not right ({ $about }).
learning-fault-unknown-scene = There is no kind of scene “{ $about }”.
learning-fault-no-table = The scene has no “{ $about }”.
learning-fault-no-choice = There have to be right spots and others.
learning-fault-unknown-part = “{ $about }” is on a part that the scene does not have.
learning-fault-bad-mark = The words of “{ $about }” do not stand exactly once in their part.
learning-fault-bad-period = The last day “{ $about }” lies before the first.

## Questions brought in
learning-import-lead = Questions come into the draft from Excel (.xlsx), CSV or GIFT (.gift, .txt). If anything is to be corrected, nothing is taken, and each row is named.
learning-import-template = Download the form (Excel)
learning-import-hint = Up to { $size } and { $most } questions. A question whose number is there already is replaced.
learning-import-button = Bring the questions in
learning-import-names = Names of units and slides
learning-import-rule-1 = A question begins with the row that has a number; each of its choices has a row below.
learning-import-rule-2 = The kind is one of: one, several, order, match, fill, number, scene (or their Japanese names).
learning-import-rule-3 = For “one” and “several”, each choice has ○ or ×, and an explanation.
learning-import-rule-4 = An order is written in the right order. A pair stands in one row. Words to fill in and numbers stand in the column of choices.
learning-import-rule-5 = In GIFT, unit, number, slide and the explanation of each choice are written as in the sample below. Without a slide, the first one of the unit is taken.
learning-import-gift-sample = A sample of GIFT
learning-import-rule-6 = Where the course is in English too, fill in the columns for English. They may stay empty for now, and are needed before publication.
learning-import-nothing-taken = Nothing was taken, and nothing has changed
learning-import-no-file = No file was chosen. Choose the one to bring in.
learning-import-broken = The questions of the draft cannot be read. Correct the draft first.
learning-import-not-a-file = This is no file of questions. Choose Excel (.xlsx), CSV or GIFT.
learning-import-nothing = There is no question in the file. Begin with a row that has a number.
learning-import-too-many = There are too many questions. A course has at most { $most }.
learning-import-more = { $n ->
    [one] There is one more.
   *[other] There are { $n } more.
}
learning-import-row = Row { $row }: { $what }
learning-import-cell = Row { $row }, “{ $column }”: { $what }
learning-import-twice = Row { $about } has this number, too. Give it another one.
learning-import-no-unit = There is no unit “{ $about }”. Write the name or title of a unit.
learning-import-no-slide = There is no slide “{ $about }”. Write the name of a slide.
learning-import-no-scene = There is no scene “{ $about }”. Write the name of a scene.
learning-import-no-kind = There is no kind “{ $about }”. Use one, several, order, match, fill, number or scene.
learning-import-no-text = The question “{ $about }” lacks a text, choice, explanation or unit in Japanese. Fill in what is empty.
learning-import-shape-one = The question “{ $about }” needs three choices or more, exactly one of them right.
learning-import-shape-several = The question “{ $about }” needs two right choices or more, and one that is not.
learning-import-shape-order = The question “{ $about }” needs three steps or more.
learning-import-shape-match = The question “{ $about }” needs three pairs or more.
learning-import-shape-fill = The question “{ $about }” needs an answer.
learning-import-bad-id = “{ $about }” cannot be used. Use small letters, digits and hyphens, at most 60.
learning-import-no-number = “{ $about }” is no number. Write digits alone.
learning-import-no-truth = “{ $about }” is neither right nor wrong. Write ○ or ×.
learning-import-mark-twice = The mark “{ $about }” stands twice in this question. Use another, or leave it empty.
learning-import-choice-beside-question = “{ $about }” stands in the row with the number. Write choices in the rows below.
learning-import-question-without-id = “{ $about }” stands in a row without a number. If this is another question, give it a number.
learning-import-choice-without-question = There is no question above this choice. Write the row with the number first.
learning-import-choice-of-scene = A question about a scene has no choices. Take the row “{ $about }” away.
learning-import-gift-title = The title is not closed. Write “::title::”.
learning-import-gift-braces = “{ $about }” does not have exactly one pair of braces. Look at “{"{"}” and “{"}"}”, and leave a line empty between questions.
learning-import-gift-html = HTML cannot be used. Take [html] away and write plain text.
learning-import-gift-essay = “{ $about }” has no answer. Essays and descriptions cannot be used.
learning-import-gift-truth = “{ $about }” is true or false. Give it three choices or more.
learning-import-gift-mixed = “{ $about }” has pairs and other answers. Use one of the two.
learning-import-gift-unmarked = An answer of “{ $about }” has neither “=” nor “~” before it.
learning-import-gift-weight = The weight “{ $about }” cannot be read. Write a number from -100 to 100, as %50%.
learning-import-gift-numbers = Only one number may be right: “{ $about }”.
learning-import-gift-number = “{ $about }” is no whole number. Write 13, 13:2 or 11..15.
learning-import-gift-unit = “{ $about }” does not say what it counts. Write “// [tag:unit=…]” on the line before.

learning-template-file = questions-form
learning-template-sheet = How to fill in
learning-template-note = A question begins with the row that has a number, and each choice has a row below. The samples (unit “sample”) are passed over.
learning-template-column = Column
learning-template-what = What to write
learning-template-id = The number of the question, such as habits-07: small letters, digits, hyphens. Empty in the rows of choices.
learning-template-pool = Name or title of the unit
learning-template-kind = one, several, order, match, fill, number, scene
learning-template-slide = Name of the slide that teaches it
learning-template-text = What is asked
learning-template-english = In English (only where the course is)
learning-template-right = In rows of choices: ○ or ×
learning-template-mark = A mark for the choice; may be empty
learning-template-choice = In rows of choices: the choice, the step, the left side of a pair, the word or number that is right
learning-template-mate = The right side of a pair
learning-template-why = In rows of choices: why it is right or wrong. For order, fill, number and scene: in the row of the question.
learning-template-tolerance = For numbers: how far from it is right as well
learning-template-unit = For numbers: what is counted
learning-template-scene = Name of the scene
learning-template-checklist = The item of the checklist; may be empty
learning-template-sample-text = An e-mail with an attachment comes from a sender you do not know. What do you do first?
learning-template-sample-a = Leave it closed and tell the person in charge
learning-template-sample-a-why = As long as it stays closed, nothing begins; telling protects others, too.
learning-template-sample-b = Open it and look
learning-template-sample-b-why = Some files begin to work when they are opened. Leave looking to the person in charge.
learning-template-sample-c = Forward it to a colleague and ask
learning-template-sample-c-why = Forwarding spreads the danger to another computer.
learning-template-sample-fill = Confirming a person by something known and something held is called ＿＿.
learning-template-sample-fill-why = If one is known to others, the other one still keeps them out.
learning-template-sample-fill-answer = two-factor authentication

## Writing courses
authoring-link = Edit the course
authoring-of = Editing “{ $course }”
authoring-lead = Texts, questions and period of a course are rewritten here, approved by somebody else, and published. Every published version is kept.
authoring-begin = Write a new version
authoring-go-on = Go on writing
authoring-disk = Learners see the version that came with the portal ({ $label }).
authoring-of-disk = the version that came with the portal
authoring-none = No version has been written yet
authoring-none-text = “Write a new version” begins with a copy of what there is.
authoring-version = Version { $n } ({ $label })
authoring-column-version = Version
authoring-column-stage = Stage
authoring-column-facts = Publication
authoring-column-saved = Saved
authoring-stage-draft = Draft
authoring-stage-requested = To be approved
authoring-stage-approved = Approved
authoring-stage-published = Published
authoring-stage-dropped = Given up
authoring-step-saved = Saved
authoring-step-requested = Approval asked for
authoring-step-returned = Given back
authoring-step-approved = Approved
authoring-step-published = Published
authoring-step-dropped = Given up
authoring-effect = What does this version mean for those who have completed the course?
authoring-effect-hint = It decides whether their completion goes on to count.
authoring-effect-first = Came with the portal
authoring-effect-correction = Correction (need not be taken again)
authoring-effect-retake = Has to be taken again
authoring-effect-next-year = From the next year on
authoring-shown-now = Shown to learners now
authoring-shown-from = Shown to learners from { $day }
authoring-starts-now = Learners see it as soon as it is published.
authoring-starts-on = Learners see it from { $day }.
authoring-people-correction = Completed: { $completed }; they stay so. On their way: { $way }; they go on with what they have answered.
authoring-people-retake = Completed: { $completed }; they have to take it again (the record of their completion is kept). On their way: { $way }; they go on with what they have answered.
authoring-people-next-year = Completed: { $completed }, on their way: { $way }; nothing changes for them in the present period. In the new period everybody begins anew.
authoring-other-period = Cannot be chosen: no published version begins on that day. A correction, or a version to be taken again, has the first day of the one it replaces.
authoring-not-later = Cannot be chosen: its first day is not after the last day of the present period.
authoring-no-effect = Choose what the version means for those who have completed the course.
authoring-others = The number of people has changed since you opened the page. Look at the numbers again and choose.
authoring-own = You have written this version. Somebody else approves and publishes it.
authoring-approve-text = Look at the contents and the changes, and approve them if they are right.
authoring-same-label = A version of this name (such as 2026.2) is published already. Give it another one under “Edit the course's facts”.
authoring-mend-first = Something is still to be corrected before approval can be asked for.
authoring-give-up = Give up writing
authoring-give-up-text = This version is closed. What was written can still be read.
authoring-faults = Something is to be corrected
authoring-faults-text = It cannot be published before.
authoring-more-faults = { $n ->
    [one] There is one more.
   *[other] There are { $n } more.
}
authoring-parts = Contents
authoring-column-unit = Unit
authoring-column-slides = Slides
authoring-column-questions = Questions
authoring-slides-n = { $n ->
    [one] 1 slide
   *[other] { $n } slides
}
authoring-questions-n = { $n ->
    [one] 1 question
   *[other] { $n } questions
}
authoring-edit-course = Edit the course's facts
authoring-edit-question = Edit the question
authoring-edit-unit = Edit the slides
authoring-all-questions = All questions
authoring-import = Bring questions in
authoring-export = Take them along (Excel)
authoring-questions-file = questions_{ $course }_{ $label }
authoring-new-question = Add a question
authoring-no-questions = There are no questions
authoring-no-questions-text = Add one, or bring some in.
authoring-scenes = Scenes
authoring-edit-scene = Edit the scene
authoring-scene-text = The scene
authoring-changes = Changes
authoring-changes-text = What differs from { $version }.
authoring-no-changes = Nothing differs yet from { $version }.
authoring-more-changes = { $n ->
    [one] There is one more change.
   *[other] There are { $n } more changes.
}
authoring-file = File { $name }
authoring-unit = Unit “{ $unit }”
authoring-slide = Slide “{ $slide }” ({ $lang })
authoring-question = Question “{ $question }”
authoring-scene = Scene “{ $scene }”
authoring-preview = See how it will look
authoring-preview-note = This is how it will look. Nothing is recorded.
authoring-to-version = Back to the version
authoring-lesson-ja = Slides (Japanese)
authoring-lesson-en = Slides (English)
authoring-done-saved = The draft is saved
authoring-done-removed = The question is taken away
authoring-done-imported = Questions brought in: { $new } new, { $changed } replaced, { $same } as they were
authoring-done-requested = Approval is asked for
authoring-done-returned = Given back
authoring-done-approved = Approved
authoring-done-published = Published
authoring-done-dropped = Given up
authoring-units = Units and tests
authoring-units-text = How many questions a test draws from each unit; 0 for none. Each unit needs more questions than are drawn.
authoring-help-slide = Heading and name of a slide
authoring-help-next = Between slides
authoring-help-term = A word explained
authoring-help-word = word
authoring-help-scene = Scene
authoring-help-notes = Notes (last on each slide)
authoring-help-file = Follow what stands there. When it is saved, what is to be corrected is named by its line.
authoring-field-version = Name of the version
authoring-field-title = Title
authoring-field-title-en = Title (English)
authoring-field-summary = Summary
authoring-field-summary-en = Summary (English)
authoring-field-objectives = Objectives
authoring-field-objectives-en = Objectives (English)
authoring-field-sources = Sources
authoring-field-period = Period and pass marks
authoring-field-from = First day
authoring-field-until = Last day
authoring-field-minutes = Minutes
authoring-field-test = Test
authoring-field-test-out = Test before
authoring-field-test-percent = Pass mark of the test (%)
authoring-field-out-percent = Pass mark of the test before (%)
authoring-field-unit = Title of the unit
authoring-field-unit-en = Title of the unit (English)
authoring-field-unit-minutes = Minutes
authoring-field-unit-test = In the test
authoring-field-unit-out = In the test before
authoring-field-kind = Kind
authoring-field-slide = Slide that teaches it
authoring-field-text = What is asked
authoring-field-text-en = What is asked (English)
authoring-field-choice = Words
authoring-field-choice-en = Words (English)
authoring-field-right = This is right
authoring-field-mate = What belongs to it
authoring-field-mate-en = What belongs to it (English)
authoring-field-why = Explanation
authoring-field-why-en = Explanation (English)
authoring-field-answers = Words that are right
authoring-field-answers-en = Words that are right (English)
authoring-field-answer = The number
authoring-field-tolerance = How far is right as well
authoring-field-counts = What is counted
authoring-field-counts-en = What is counted (English)
authoring-field-id = Number of the question
authoring-field-checklist = Item of the checklist
authoring-hint-summary = Two sentences: for whom it is, and what one can do afterwards.
authoring-hint-lines = One on each line.
authoring-hint-version = Stands on records of completion. No published version may have it.
authoring-hint-from = A correction, or a version to be taken again, has the first day of the one it replaces; one for the next year that of the new period.
authoring-hint-id = Small letters, digits, hyphens; never one that another question had.
authoring-hint-slide = Shown to whoever has answered.
authoring-hint-checklist = The name of an item of the checklist for inspections
authoring-rows = { $kind ->
    [order] Steps (in the right order)
    [match] Pairs
   *[other] Choices
}
authoring-rows-hint = What is left empty is not used.
authoring-choose-kind = Use this kind
authoring-remove-question = Take this question away
authoring-kind-one = Choose one
authoring-kind-several = Choose all
authoring-kind-order = Put in order
authoring-kind-match = Match
authoring-kind-fill = Fill in
authoring-kind-number = Number
authoring-kind-scene = Scene
authoring-wrong-empty = Fill this in
authoring-wrong-day = This is no date; write it as 2027-04-01
authoring-wrong-until = The last day must not lie before the first
authoring-wrong-number = Enter a number from { $least } to { $most }
authoring-wrong-unit = Choose a unit
authoring-wrong-slide = Choose a slide
authoring-wrong-id = Use small letters, digits and hyphens
authoring-wrong-id-taken = Another question has this number
authoring-wrong-meanwhile = Somebody else has rewritten this since you opened the page. Open the latest in another window, and copy from here what is needed
authoring-wrong-changed = Somebody else saved this version ({ $at }). Press the button once more
authoring-wrong-closed = This version can no longer be rewritten. What you wrote is still on this page
authoring-wrong-large = The course is too large. Take questions or figures away

## Learning without a network
learning-offline = Learn without a network
learning-offline-text = You can put the slides and questions on this device. Without a network, open the pages of e-learning and go on; your answers are sent the next time there is a connection. Results and the final test need a connection.
learning-offline-put = Put it on this device
learning-offline-remove = Remove it from this device
learning-offline-there = It is on this device.
learning-offline-old = An older version is on this device. Please put it there again.
learning-offline-far = {"{"}n{"}"} of {"{"}of{"}"} pages are on this device
learning-offline-failed = It stopped halfway. Please try again where the connection is good.
learning-alone-script = There is no connection. You can read, but nothing is recorded.
learning-later-script = There is no connection, so this cannot be checked now. Please try again later.

## Arranging units, and new courses
authoring-arrange = Add, move or remove units
authoring-up = Up
authoring-up-of = Move "{ $unit }" up by one
authoring-down = Down
authoring-down-of = Move "{ $unit }" down by one
authoring-remove = Remove
authoring-remove-text = Its { $slides } slides and { $questions } questions leave this version as well. What is public does not change.
authoring-remove-do = Remove this unit
authoring-add-unit = Add a unit
authoring-add-unit-do = Add it at the end
authoring-title-ja = Title
authoring-title-en = Title in English
authoring-title-en-hint = With it, the course can be read in English, too.
authoring-address = Name in the address
authoring-address-hint = Small letters, digits and hyphens, such as first-aid. It cannot be changed later.
authoring-audience = For whom
authoring-new-course = Make a new course
authoring-new-course-text = This makes a draft with one slide. Nobody else sees it before it is published.
authoring-new-course-do = Make the draft
authoring-unseen = Courses that are not public yet
authoring-first-unit = The first unit
authoring-first-slide = Write the text here.
authoring-first-notes = Write here what is said.
authoring-wrong-title = Please write a title
authoring-wrong-address = Please begin with a small letter and use small letters, digits and hyphens, 40 at most. Some names cannot be used
authoring-wrong-taken = There is a unit with this name. Please choose another
authoring-wrong-course-taken = There is a course with this name. Please choose another
authoring-wrong-audience = Please choose for whom it is
authoring-wrong-last = The last unit cannot be removed.
