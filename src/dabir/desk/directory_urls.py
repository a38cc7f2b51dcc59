"""The addresses of the directory's pages: parties, people, places."""

from __future__ import annotations

from django.urls import path

from dabir.desk import absences, directory_file, handover, parties, party_edit, party_merge, party_new, people, places

urlpatterns = [
    path("parties/", parties.parties, name="parties"),
    path("parties/find/", parties.find, name="parties-find"),
    path("parties/<str:code>/", parties.party, name="party"),
    path("parties/<str:code>/attendance/", absences.absences, name="absences"),
    path("parties/<str:code>/attendance.<str:form>", absences.absences_out, name="absences-out"),
    path("parties/<str:code>/quorum/", absences.quorum, name="body-quorum"),
    path("parties/<str:code>/follow-up/", absences.follow_up, name="body-follow-up"),
    path("parties/<str:code>/hand-over/", handover.handover, name="handover"),
    path("parties/<str:code>/hand-over.<str:form>", handover.handover_out, name="handover-out"),
    path("parties/<str:code>/edit/", party_edit.edit, name="party-edit"),
    path("parties/<str:code>/rename/", party_edit.rename, name="party-rename"),
    path("parties/<str:code>/belongs/", party_edit.belongs, name="party-belongs"),
    path("parties/<str:code>/function/", party_edit.function, name="party-function"),
    path("parties/<str:code>/no-more/", party_edit.end, name="party-end"),
    path("parties/<str:code>/merge/", party_merge.merge, name="party-merge"),
    path("parties/<str:code>/unmerge/", party_merge.unmerge, name="party-unmerge"),
    path("parties/<str:code>/names/", party_edit.add_name, name="name-add"),
    path("parties/<str:code>/members/", party_edit.add_member, name="member-add"),
    path("parties/<str:code>/seats/", party_edit.give_seat, name="seat-give"),
    path("directory/new/<str:kind>/", party_new.new, name="party-new"),
    path("directory/duplicates/", party_merge.duplicates, name="duplicates"),
    path("directory/file/", directory_file.bring_in, name="directory-file"),
    path("directory/file/out/", directory_file.out, name="directory-out"),
    path("directory/names/<int:pk>/end/", party_edit.end_name, name="name-end"),
    path("directory/members/<int:pk>/end/", party_edit.end_membership, name="membership-end"),
    path("directory/seats/<int:pk>/end/", party_edit.end_seat, name="seat-end"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add_person, name="person-add"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/name/", people.rename, name="person-name"),
    path("people/<int:pk>/user/", people.let_sign_in, name="person-user"),
    path("people/<int:pk>/mobile/", people.set_mobile, name="person-mobile"),
    path("people/<int:pk>/active/", people.set_active, name="person-active"),
    path("people/<int:pk>/appoint/", people.appoint, name="appoint"),
    path("people/<int:pk>/link/", people.issue_link, name="person-link"),
    path("people/<int:pk>/sessions/end/", people.end_sessions, name="person-sessions-end"),
    path("people/<int:pk>/second-factor/forget/", people.forget_second_factor, name="person-second-factor"),
    path("people/tenures/<int:pk>/end/", people.end_tenure, name="tenure-end"),
    path("places/", places.places, name="places"),
    path("places/add/", places.add, name="place-add"),
    path("places/<int:pk>/", places.place, name="place"),
    path("places/<int:pk>/change/", places.change, name="place-change"),
    path("places/<int:pk>/end/", places.end, name="place-end"),
]
