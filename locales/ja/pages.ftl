## 固定ページ
pages-updated = 最終更新：{ $day }
pages-side = このサイトについて
pages-staff-title = 固定ページの管理
pages-staff-lead = 本サイトの使い方、事業について、プライバシーポリシー、利用規約、ウェブアクセシビリティの5つです。これまでの版はすべて残ります。
pages-staff-new = 固定ページ
pages-publish-effect = いまのページが、すぐにこの内容に変わります。前の版は記録に残ります。
