# Course packages (cmi5)

packages-staff-title = Course packages
packages-staff-lead = Courses made elsewhere (cmi5) are brought in here and shown to learners.
packages-new = Bring a course in
packages-file = The file of the course
packages-file-hint = A ZIP in the form of cmi5, or a cmi5.xml. Up to 512 MB.
packages-import = Bring in
packages-not-taken = The course was not taken. Nothing has been saved.
packages-requirement = { " " }(requirement { $number } of cmi5)
packages-no-host = No host name is set for opening courses. They can be brought in and looked at, but not opened. The operator sets server.packages_host.
packages-list = Courses brought in
packages-none = No courses yet
packages-none-text = Choose a ZIP file and bring it in: it will stand here.
packages-column-title = Course
packages-column-state = State
packages-column-facts = Holds
packages-column-imported = Brought in
packages-column-unit = Chapter or unit
packages-column-rule = Done when
packages-facts = Units: { $units }, files: { $files }
packages-units = { $n ->
    [one] { $n } unit
   *[other] { $n } units
}
packages-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
packages-open = Open
packages-shut = Not open
packages-do-open = Show to learners
packages-do-shut = Show no longer
packages-done-imported = The course was brought in. Try it before you show it to learners.
packages-done-opened = Learners see the course now.
packages-done-shut = Learners see the course no longer. Whoever has it open goes on to the end.
packages-facts-title = About this course
packages-fact-course = Publisher’s id
packages-fact-holds = Holds
packages-fact-imported = Brought in
packages-fact-registered = Began
packages-fact-satisfied = Finished
packages-structure = What it is made of
packages-deeper = –
packages-try = Try
packages-try-lead = What you do here is not counted among learners.
packages-mode-normal = As a learner
packages-mode-browse = Look only
packages-mode-review = Review

packages-move-on-passed = Done when passed
packages-move-on-completed = Done when completed
packages-move-on-completedandpassed = Done when completed and passed
packages-move-on-completedorpassed = Done when completed or passed
packages-move-on-notapplicable = No condition
packages-mastery = { " " }(pass mark { $percent }%)

packages-mine-title = Courses made elsewhere
packages-mine-lead = Opening a course leads to its own pages. How far you are is put down by itself.
packages-mine-none = No course is open
packages-mine-none-text = Once one is, it will stand here.
packages-mine-done = You have finished this course. You can open it again to review.
packages-progress = { $done } of { $all } units done
packages-state-done = Done
packages-state-completed = Completed. It is done once you have passed.
packages-state-passed = Passed. It is done once you have completed it.
packages-cannot-launch = The course cannot be opened now. Please ask the secretariat.
packages-launch = Open
packages-go = Open the course
packages-go-lead = You are led to the pages of the course. If nothing happens, press the button.
packages-go-back = Back
packages-host-missing = The course cannot be opened here now. Please open it from the portal again.
packages-host-refused = This cannot be done in a course.

packages-wrong-neither-zip-nor-xml = This is neither a ZIP nor XML. Choose a ZIP in the form of cmi5, or a cmi5.xml.
packages-wrong-too-large = The cmi5.xml is too large: up to 16 MB are read.
packages-wrong-not-text = The cmi5.xml is not in the encoding that it says ({ $value }).
packages-wrong-not-xml = The cmi5.xml cannot be read as XML. { $value }
packages-wrong-document-type = The cmi5.xml has a document type (DOCTYPE). Take it out.
packages-wrong-entity = The cmi5.xml has an entity that is not read ({ $value }). Write the character itself.
packages-wrong-too-deep = The elements of the cmi5.xml lie within one another too deep: 64 are read.
packages-wrong-root = This is no course structure of cmi5: its outermost element is { $place }.
packages-wrong-missing = { $place } has no element { $value }.
packages-wrong-misplaced = In { $place } the element { $value } has no place here. Look at the order, too.
packages-wrong-attribute = { $place } has an attribute that is not one of the schema: { $value }.
packages-wrong-no-id = { $place } has no id.
packages-wrong-not-an-iri = In { $place }, “{ $value }” is no whole IRI (such as https://…).
packages-wrong-duplicate-block = The id of a block, { $place }, stands twice.
packages-wrong-duplicate-objective = The id of an objective, { $place }, stands twice.
packages-wrong-duplicate-unit = The id of a unit, { $place }, stands twice.
packages-wrong-no-unit = { $place } has no unit (au).
packages-wrong-no-text = { $value } of { $place } has no text (langstring).
packages-wrong-language = In { $place }, “{ $value }” is no language tag.
packages-wrong-unknown-objective = { $place } refers to the objective { $value }, which is not there.
packages-wrong-move-on = moveOn of { $place }, “{ $value }”, is none of its five values.
packages-wrong-mastery-score = masteryScore of { $place }, “{ $value }”, is no number from 0 to 1 with up to four decimals.
packages-wrong-launch-method = launchMethod of { $place }, “{ $value }”, is neither OwnWindow nor AnyWindow.
packages-wrong-url = The URL of { $place }, “{ $value }”, cannot be used.
packages-wrong-reserved-parameter = The URL of { $place } has a name that the launch needs: { $value }.
packages-wrong-relative-url = The URL of { $place }, “{ $value }”, has to be a whole one that begins with https://. Without a ZIP there are no relative ones.
packages-wrong-missing-file = The ZIP does not hold the file that { $place } begins with: { $value }.
packages-wrong-not-a-zip = The ZIP cannot be read: it is damaged, or is none.
packages-wrong-encrypted = The ZIP holds an encrypted file ({ $place }).
packages-wrong-no-manifest = The ZIP has no cmi5.xml at its root. Pack what is in the folder, not the folder.
packages-wrong-too-many-files = The ZIP holds too many files ({ $value }): up to 5,000 are read.
packages-wrong-bomb = The ZIP becomes too large when it is unpacked: up to 2 GB, and 100 times its size.
packages-wrong-file-name = The ZIP holds a file with a name that cannot be used: { $place }
packages-wrong-same-name = The ZIP holds files whose names count as the same: { $place }, { $value }
packages-wrong-link = The ZIP holds something that is neither a file nor a folder: { $place }
