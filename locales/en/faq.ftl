## Frequently asked questions
faq-title = Frequently asked questions
faq-lead = What we are asked most often. Numbers never change, so you can refer to “Q3”.
faq-topics = Topics
faq-contents = Questions
faq-range = Q{ $from }–Q{ $to }
faq-previous = Earlier questions
faq-next = Later questions
faq-none = No questions yet
faq-none-text = Please contact us with your question.
faq-more = If your answer is not here
faq-more-text = Please contact the secretariat, by the form or by telephone.
faq-ask = Contact us
faq-topic = Topic
faq-topic-apply = Applying
faq-topic-change = Changing and cancelling
faq-topic-mail = E-mail
faq-topic-audience = For whom, and what
faq-topic-archive = Recordings and materials
faq-topic-certificate = Certificates
faq-topic-incident = When it may be a cyber attack
faq-shown = Shown elsewhere, too
faq-shown-hint = The answer also stands on the pages where the question arises.
faq-place-course = Page of a training
faq-place-apply = Application form
faq-place-thanks = Receipt
faq-place-my = My page
faq-wrong-topic = Choose a topic

## Staff
faq-staff-title = Manage questions
faq-staff-lead = A number is given at first publication and never used for another question.
faq-staff-new = Add a question
faq-publish-effect = It appears at once among the questions and in the places chosen.
