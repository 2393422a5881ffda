# Taken out for other learning systems (cmi5)

export-title = Use it in another learning system
export-told = This makes a ZIP of the course in the form of cmi5. A learning system that knows cmi5 takes it in and opens it unit by unit. It records what was completed, and with which score the test was passed or not.
export-told-here = It can be brought into this portal as a course package, too.
export-take = Download the ZIP

export-test = Test
export-unit-told = About { $minutes } minutes. Slides: { $slides }, questions: { $questions }.
export-test-told = { $needed } of { $asked } right answers are needed to pass.
export-readme =
    A course for other learning systems (cmi5)

    1. Bring the ZIP as it is, without unpacking it, into a learning system that knows cmi5.
    2. Learners open its units from there. A unit is completed once its slides are read and its questions answered.
    3. The test is passed with the number of right answers that it says. Whoever does not reach it opens it again and is asked other questions.
    4. Whoever stops in the middle goes on from there the next time.

    Do not remove who made it and which version it is.

export-page-language = English
export-page-connecting = Connecting to the learning system.
export-page-no-launch = This page was not opened from a learning system. You can read and answer, but nothing is recorded. To have it recorded, open this unit from your learning system.
export-page-unreachable = The learning system cannot be reached. You can read and answer, but nothing is recorded. Check your connection, then connect again.
export-page-connect-again = Connect again
export-page-spent = Nothing is recorded on this page. It was closed before, or it has been open too long. Open the unit from your learning system again: it goes on from what was kept.
export-page-looking = You are looking at this again. You can read and answer, but the record does not change.
export-page-unsent = The record could not be sent. Your answer is still on this page. Check your connection, then send it again.
export-page-send-again = Send again
export-page-refused = The learning system did not take the record. The unit was opened elsewhere, or the learning system has ended it. Close this page and open the unit from your learning system again.
export-page-stop = Stop here
export-page-stopped-title = Kept so far
export-page-stopped = Next time you go on from here. You can close this page.
export-page-leave = Finish and go back
export-page-left-title = Thank you
export-page-left = You can close this page.
export-page-to-questions = To the questions
export-page-back-to-slides = Back to the slides
export-page-from-the-start = Look at it from the start
export-page-done-title = This unit is done
export-page-done = It was recorded as completed.
export-page-done-unrecorded = You have read the slides and answered the questions.
export-page-test-lead = You answer {"{"}asked{"}"} questions. {"{"}needed{"}"} right answers are needed to pass.
export-page-test-begin = Begin the test
export-page-passed-before = You have passed this test. Taking it again does not change the record.
export-page-recorded-passed = It was recorded that you passed, and with which score.
export-page-recorded-failed = Your score was recorded. To take the test again, finish here and open it from your learning system once more.
export-page-again = Take it again
