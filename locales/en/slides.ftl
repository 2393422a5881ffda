# Slides of others
slides-title = Bring slides in
slides-lead = Slides from PowerPoint (.pptx) or a PDF become lessons of this version. You see what comes in, and what does not, before anything is taken over.
slides-hint = PowerPoint (.pptx) or PDF, up to { $size }, up to { $most } slides
slides-rule-1 = From PowerPoint come titles, text, lists, tables, photographs and pictures (PNG, JPEG), and the speaker’s notes, which become the transcript.
slides-rule-2 = Each page of a PDF becomes one picture. Its words become the transcript.
slides-rule-3 = Films, sounds, charts, handwriting, parts of other programs and comments stay out. What stays out is named for each slide.
slides-rule-4 = Where a photograph was taken, and the like, is removed. Files with macros or a password are not taken.
slides-read = Look at the contents
slides-preview-title = What would come in
slides-preview-lead = { $slides } slides, { $pictures } pictures. Nothing is taken over yet. What is shown here is removed { $days } days after it was sent.
slides-number = Slide { $n }
slides-untitled = Slide { $n }
slides-tables = { $n ->
    [one] 1 table
   *[other] { $n } tables
  }
slides-alt = Alternative text: { $alt }
slides-no-alt = There is no alternative text. You write it once the slide is taken over.
slides-left = What stays out
slides-left-whole = What stays out of the whole file
slides-left-hidden = Slide { $about } is hidden. To bring it in, show it in PowerPoint, save the file, and send it again.
slides-left-broken-slide = Slide { $about } cannot be read. To bring it in, save the file again in its program, and send it again.
slides-left-elsewhere = A picture that lies in the network is not fetched. It comes in once it is embedded.
slides-left-svg = An SVG drawing may carry programs. It comes in when saved as PNG.
slides-left-format = A picture in the format { $about }. It comes in when saved as PNG or JPEG.
slides-left-broken-picture = A picture is damaged. Please insert the original picture again.
slides-left-large-picture = A picture is too large ({ $about }). It comes in after “Compress Pictures”.
slides-left-many-pictures = There are more pictures, or larger ones, than can come in. Please divide the file.
slides-left-film = Films and sounds. Please paste the scene that is needed as a picture.
slides-left-object = A part of another program. It comes in when pasted as a picture.
slides-left-chart = A chart. It comes in when pasted as a picture.
slides-left-diagram = A SmartArt graphic. It comes in when pasted as a picture.
slides-left-ink = Handwriting. It comes in when pasted as a picture.
slides-left-comments = Comments.
slides-left-long-text = Text beyond { $about } characters, the most for one slide. It comes in when the slide is divided.
slides-left-many-cells = Rows of tables beyond { $about } cells, the most for one slide. They come in when the slide is divided.
slides-left-many-blocks = Paragraphs, list items, tables and pictures beyond { $about }, the most for one slide. They come in when the slide is divided.
slides-left-active = Programs, automatic actions and attached files of the PDF.
slides-take-title = Take into the draft
slides-take-text = The slides are added at the end of the chosen unit. You can rewrite, move and remove them afterwards.
slides-unit = Unit
slides-unit-hint = For a new unit, add it on the page of the version first.
slides-first = From slide
slides-last = To slide
slides-english = The same words go into the English slides. Please translate them afterwards.
slides-take = Take this over
slides-other = Choose another file
slides-wrong-number = Please enter a number from 1
slides-wrong-nothing = There is no slide with such a number. Please enter numbers of slides that come in
slides-wrong-long = This is more than one unit can hold. Take fewer slides, and the others into another unit
slides-wrong-none = Please choose a file
slides-wrong-gone = What was sent is removed after { $days } days, and this is gone. Please choose the file again
slides-wrong-file = “{ $name }” was not taken. { $why }
slides-wrong-empty = The file is empty. Please open it, save it again, and send it
slides-wrong-too-large = The file is too large. Please keep to { $most }; “Compress Pictures” of PowerPoint makes it smaller
slides-wrong-not-slides = This is neither PowerPoint (.pptx) nor PDF. Please save it as one of them
slides-wrong-other-content = What is in the file is not what its name says. Please open it in its program and save it as PowerPoint (.pptx) or PDF
slides-wrong-other-package = This is no file of slides. Documents of Word or Excel can come in as PDF
slides-wrong-old = This is the old format (.ppt). Please open it in PowerPoint and save it as .pptx
slides-wrong-protected = The file is protected by a password. Please save it without
slides-wrong-macros = The file carries macros (programs). Please save it as .pptx without macros
slides-wrong-path = A part leads out of the file (“{ $name }”), which is not safe. Please save it again in its program
slides-wrong-link = A part is no file (“{ $name }”), which is not safe. Please save it again in its program
slides-wrong-same-name = Two parts have one name (“{ $name }”), which is not safe. Please save it again in its program
slides-wrong-swells = The file grows too large when it is opened, and reading was stopped. Please use fewer slides or pictures
slides-wrong-entities = A part (“{ $name }”) has a document type or entities, which is not safe. Please save it again in its program
slides-wrong-too-deep = A part (“{ $name }”) is nested too deeply, and reading was stopped. Please ungroup some objects and save it again
slides-wrong-damaged = The file is damaged. Please see whether its program opens it, and save it again
slides-wrong-too-many = The file has { $count } slides; { $most } can come in at once. Please divide the file
slides-wrong-no-slide = There is no slide that could come in. Please see whether all of them are hidden
slides-wrong-too-long = Reading took too long, and was stopped. Please divide the file, or use fewer pictures
learning-decorative = Decorative picture
learning-fault-no-alt = Nobody has written what the picture ({ $about }) tells.
pictures-title = What pictures tell
pictures-n = { $n ->
    [one] What 1 picture tells
   *[other] What { $n } pictures tell
  }
pictures-n-missing = { $n ->
    [one] Write what pictures tell (1 left)
   *[other] Write what pictures tell ({ $n } left)
  }
pictures-missing = { $n ->
    [one] Of 1 picture nobody has written what it tells. Approval can be asked for once it is written.
   *[other] Of { $n } pictures nobody has written what they tell. Approval can be asked for once all are written.
  }
pictures-none-missing = It is written for every picture.
pictures-empty = There is no picture
pictures-empty-text = Pictures appear here once slides are brought in.
pictures-rule-1 = Write in a sentence or two what the picture tells, for those who do not see it. Example: a photograph of a USB stick without a name on a reception desk.
pictures-rule-2 = Where there are words in the picture, write them too. If the transcript says the same, keep it short.
pictures-rule-3 = A picture that tells nothing is decorative.
pictures-this = The picture that this field is about
pictures-drawing = A drawing (see the preview)
pictures-is-missing = Not written yet
pictures-alt = What the picture tells
pictures-alt-en = What the picture tells (English)
pictures-plain = It is decorative
pictures-plain-hint = It is not read aloud.
pictures-wrong-both = Nothing is written for a decorative picture. Please remove the words, or untick “It is decorative”
authoring-done-slides = { $n ->
    [one] 1 slide was brought in
   *[other] { $n } slides were brought in
  }
authoring-arrange-slides = Move or remove
authoring-remove-slide-text = Questions that point to this slide stay. Please choose another slide for them.
authoring-remove-slide-do = Remove this slide
authoring-wrong-last-slide = A unit needs at least one slide. To remove the whole unit, use “Add, move or remove units”.
authoring-more-choices = Add a choice
authoring-more-rows = Add a row
authoring-in-english = English
