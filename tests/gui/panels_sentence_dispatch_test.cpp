// What the duty log says of decisions, call-downs and mutual aid, in both languages.
#include "gui/dispatch_support.hpp"
#include "tocsin/gui/panels/entry_sentence.hpp"

namespace tocsin::gui {
namespace {

using test::id;

class DispatchSentenceTest : public test::DispatchTest {
  protected:
    template <typename Thing>
    [[nodiscard]] QString say(const std::string& type, const Thing& thing, nlohmann::json facts = nlohmann::json::object()) {
        model::Entry e;
        e.type = type;
        e.time = now();
        e.actor = "M. Keller";
        e.subject = thing.id.toString();
        e.data = std::move(facts);
        model::addChange(e.data, model::Changed(thing));
        return entrySentence(e, state(), code);
    }
};

TEST_F(DispatchSentenceTest, OfDecisions) {
    auto decision = addDecision(1, model::DecisionState::waiting);
    EXPECT_EQ(say("decision.proposed", decision),
              QStringLiteral("Proposed to send Vaduz fire brigade 1 to “Seepage at the Rhine dyke”: waits for the leader"));
    decision.reason = "closer to the pump";
    EXPECT_TRUE(say("decision.sent", decision).endsWith(QStringLiteral("otherwise than recommended: closer to the pump")));
    decision.judgedBy = "A. Frick";
    decision.judgement = "too many";
    EXPECT_EQ(say("decision.refused", decision),
              QStringLiteral("A. Frick refuses to send Vaduz fire brigade 1 to “Seepage at the Rhine dyke”: too many"));
    EXPECT_EQ(say("decision.withdrawn", decision),
              QStringLiteral("A. Frick takes back the plan to send Vaduz fire brigade 1 to “Seepage at the Rhine dyke”: too many"));
    EXPECT_TRUE(say("decision.approved", decision).startsWith(QStringLiteral("A. Frick approves")));
    EXPECT_EQ(say("decision.call-not-begun", decision, {{"name", "Flood"}, {"reason", "there is no such call-down list"}}),
              QStringLiteral("Call-down “Flood” not begun: there is no such call-down list"));
}

TEST_F(DispatchSentenceTest, OfThoseOnTheWay) {
    EXPECT_EQ(say("assignment.heard", assignment(1), {{"text", "all well"}}),
              QStringLiteral("Vaduz fire brigade 1 answers the roll call: “all well”"));
    EXPECT_EQ(say("assignment.heard", assignment(1)), QStringLiteral("Vaduz fire brigade 1 answers the roll call"));
    const QString replanned = say("assignment.replanned", assignment(1), {{"reason", "bridge closed"}});
    EXPECT_TRUE(replanned.startsWith(QStringLiteral("Another way for Vaduz fire brigade 1, expected at 02:25"))) << replanned.toStdString();
    EXPECT_TRUE(replanned.endsWith(QStringLiteral("bridge closed")));
    auto blocked = assignment(1);
    EXPECT_EQ(say("assignment.unblocked", blocked), QStringLiteral("The way of Vaduz fire brigade 1 is open again"));
    blocked.blocked.emplace();
    blocked.blocked->road = "Rheinstrasse";
    EXPECT_EQ(say("assignment.blocked", blocked), QStringLiteral("The way of Vaduz fire brigade 1 is blocked at Rheinstrasse; no way is left"));
    blocked.blocked->arrival = now();
    EXPECT_TRUE(say("assignment.blocked", blocked).contains(QStringLiteral("is blocked at Rheinstrasse; by another way there at ")));
}

TEST_F(DispatchSentenceTest, WhatATeamIsToldAndHowItCameToItIsSaid) {
    using model::Reached;
    using model::TeamWord;
    struct Case {
        TeamWord word;
        const char* name;
    };
    for (const Case& one : {Case{TeamWord::order, "the order"}, Case{TeamWord::way, "another way"}, Case{TeamWord::moved, "the new place"},
                            Case{TeamWord::recall, "the recall"}}) {
        const QString word = QString::fromLatin1(one.name);
        auto team = assignment(1);
        team.word = one.word;
        team.reached = Reached::phone;
        EXPECT_EQ(say("assignment.told", team), QStringLiteral("Handed to the phone of Vaduz fire brigade 1: ") + word);
        team.reached = Reached::nobody;
        EXPECT_EQ(say("assignment.told", team), QStringLiteral("Reached no phone of Vaduz fire brigade 1, to be told by voice: ") + word);
        team.reached = Reached::voice;
        EXPECT_EQ(say("assignment.told", team), QStringLiteral("Told to Vaduz fire brigade 1 by voice: ") + word);
    }
    auto before = assignment(1);
    before.word = TeamWord::none;
    before.reached = Reached::waits;
    EXPECT_EQ(say("assignment.told", before), QStringLiteral("Told to Vaduz fire brigade 1: the new place")) << "of an older journal";
}

TEST_F(DispatchSentenceTest, OfKeptCallLists) {
    const auto list = addCallList(1);
    EXPECT_EQ(say("call-list.added", list), QStringLiteral("New call-down list “Flood” with 2 steps"));
    EXPECT_EQ(say("call-list.changed", list), QStringLiteral("Call-down list “Flood” changed: 2 steps"));
    EXPECT_EQ(say("call-list.removed", list, {{"reason", "old"}}), QStringLiteral("Call-down list “Flood” removed: old"));
}

TEST_F(DispatchSentenceTest, OfCallDowns) {
    auto list = addCallDown(1);
    EXPECT_EQ(say("call-down.started", list),
              QStringLiteral("Call-down “Duty hydrologist” begun with R. Frick, 2 people on the list"));
    list.people[0].result = "no answer";
    list.at = 1;
    EXPECT_EQ(say("call-down.next", list), QStringLiteral("Call-down “Duty hydrologist”: no answer from R. Frick, now S. Ott"));
    EXPECT_EQ(say("call-down.tried", list), QStringLiteral("Call-down “Duty hydrologist”: R. Frick could not be reached"));
    list.people[0].result = model::turnPassed;
    EXPECT_EQ(say("call-down.next", list),
              QStringLiteral("Call-down “Duty hydrologist”: the turn of R. Frick passed, nobody said that they were called; now S. Ott"));
    EXPECT_EQ(say("call-down.exhausted", list),
              QStringLiteral("Call-down “Duty hydrologist”: the list is at its end, and for 1 person nobody said that a call was made"));
    list.people[0].result = "no answer";
    list.people[1].result = "coming";
    list.people[1].answeredAt = now();
    list.answeredBy = "S. Ott";
    EXPECT_EQ(say("call-down.answered", list), QStringLiteral("Call-down “Duty hydrologist”: S. Ott has answered: coming"));
    EXPECT_EQ(say("call-down.exhausted", list), QStringLiteral("Call-down “Duty hydrologist”: nobody on the list has answered"));
    EXPECT_EQ(say("call-down.ended", list, {{"reason", "not needed"}}),
              QStringLiteral("Call-down “Duty hydrologist” ended: not needed"));
}

TEST_F(DispatchSentenceTest, OfMutualAid) {
    addShortage();
    auto request = addAid(1, model::AidState::drafted);
    EXPECT_EQ(say("aid.drafted", request), QStringLiteral("Mutual aid 2026-0147/A1 drafted to Müller gravel works: 950 pcs Sandbags"));
    request.note = "from 09:00";
    EXPECT_EQ(say("aid.accepted", request), QStringLiteral("Müller gravel works lends, mutual aid 2026-0147/A1: from 09:00"));
}

TEST_F(DispatchSentenceTest, EveryKindHasItsSentenceInBothLanguages) {
    addShortage();
    const auto decision = addDecision(1, model::DecisionState::waiting);
    const auto list = addCallDown(1);
    const auto request = addAid(1, model::AidState::sent);
    for (const char* language_ : {"en", "zh_CN"}) {
        speak(QString::fromLatin1(language_));
        std::vector<QString> all;
        for (const char* what : {"proposed", "sent", "approved", "refused"})
            all.push_back(say(std::string("decision.") + what, decision));
        for (const char* what : {"replanned", "heard"})
            all.push_back(say(std::string("assignment.") + what, assignment(1)));
        for (const char* what : {"started", "next", "tried", "answered", "exhausted", "ended"})
            all.push_back(say(std::string("call-down.") + what, list));
        for (const char* what : {"drafted", "sent", "accepted", "declined", "arrived", "returned", "cancelled"})
            all.push_back(say(std::string("aid.") + what, request));
        for (const QString& sentence : all) {
            EXPECT_FALSE(sentence.contains(QStringLiteral("Entry of the kind")) || sentence.contains(QString::fromUtf8("类型"))) << sentence.toStdString();
            EXPECT_FALSE(sentence.contains(QLatin1Char('%'))) << sentence.toStdString();
        }
    }
    speak(QStringLiteral("en"));
}

} // namespace
} // namespace tocsin::gui
