#include "app/order_sender.hpp"
#include "desk/desk_fixture.hpp"

#include <future>
#include <mutex>
#include <nlohmann/json.hpp>

// What goes to a team's phone, and what the desk knows of it afterwards, against a real desk and a phone that answers as it is told.

namespace tocsin::app {
namespace {

using model::AssignmentState;
using model::Reached;

class SendOrders : public test::DeskFixture {
  protected:
    struct Sent {
        std::string callSign;
        std::string bytes;
        ingest::Handed done;
    };
    void SetUp() override {
        DeskFixture::SetUp();
        pump = team("Pump 1");
        must(desk::RegisterResources{{pump}});
        hear("phone-1", "Tanker 2");
        must(desk::BindUnit{model::UnitId("phone-1"), pump.id});
        sender = makeSender();
    }
    void TearDown() override { sender.reset(); } // before the desk

    std::unique_ptr<OrderSender> makeSender(TeamWords words = {}) {
        sender.reset();
        auto made = std::make_unique<OrderSender>(*desk, [this](const std::string& callSign, const std::string& bytes, ingest::Handed done) {
            const std::lock_guard lock(mutex);
            sent.push_back({callSign, bytes, std::move(done)});
        }, std::move(words));
        (void)desk->snapshot(); // by then it has been told of all that there is
        return made;
    }
    void hear(const std::string& unit, const std::string& callSign) {
        model::UnitPosition p;
        p.unit = model::UnitId(unit);
        p.callSign = callSign;
        p.type = "a-f-G-U-C";
        p.time = clock.now();
        p.stale = p.time + std::chrono::minutes(5);
        p.position = model::Position::trusted(47.1, 9.5);
        std::promise<bool> promise;
        desk->positions({"phones", {p}}, [&](auto result) { promise.set_value(result.has_value()); });
        ASSERT_TRUE(promise.get_future().get());
    }
    model::AssignmentId send() {
        must(sending(openIncident(), {pump.id}));
        for (const auto& [id, one] : desk->snapshot().state.assignments) {
            if (one.resource == pump.id && one.state != AssignmentState::released)
                return id;
        }
        ADD_FAILURE() << "nobody was sent";
        return {};
    }
    [[nodiscard]] std::size_t count() {
        (void)desk->snapshot();
        const std::lock_guard lock(mutex);
        return sent.size();
    }
    [[nodiscard]] Sent at(std::size_t index) {
        const std::lock_guard lock(mutex);
        return sent.at(index);
    }
    [[nodiscard]] model::Assignment now(model::AssignmentId id) { return desk->snapshot().state.assignments.at(id); }
    /// Each look goes to the desk and back, so what was answered before is there soon.
    bool comes(model::AssignmentId id, Reached reached) {
        for (int look = 0; look < 10'000; ++look) {
            if (now(id).reached == reached)
                return true;
        }
        return false;
    }

    model::Resource pump;
    std::mutex mutex;
    std::vector<Sent> sent;
    std::unique_ptr<OrderSender> sender;
};

TEST_F(SendOrders, AnOrderCountsAsToldWhenItWasHandedOver) {
    const auto id = send();
    ASSERT_EQ(count(), 1U);
    EXPECT_EQ(at(0).callSign, "Tanker 2");
    EXPECT_NE(at(0).bytes.find(now(id).order), std::string::npos);
    EXPECT_TRUE(model::mustBeTold(now(id)));
    at(0).done(true);
    EXPECT_TRUE(comes(id, Reached::phone));
    EXPECT_FALSE(model::mustBeTold(now(id)));
    EXPECT_EQ(count(), 1U) << "once";
}

TEST_F(SendOrders, AnOrderSaysWhatToDoInTheCountysWordsAndLanguage) {
    TeamWords words;
    words.capabilities["dyke-defence"] = "dyke defence";
    words.capabilities["dyke-defence"].translations["zh_CN"] = "堤防抢险";
    sender = makeSender(words);
    const auto first = send();
    ASSERT_EQ(count(), 1U);
    EXPECT_NE(at(0).bytes.find(": dyke defence: Seepage. Answer: accepted"), std::string::npos) << at(0).bytes;
    must(desk::AdvanceAssignment{first, AssignmentState::released});
    words.language = "zh_CN";
    sender = makeSender(words);
    const auto before = count();
    (void)send();
    ASSERT_GT(count(), before);
    EXPECT_NE(at(count() - 1).bytes.find("：堤防抢险：Seepage。请回复：收到、出发、到达、归队"), std::string::npos) << at(count() - 1).bytes;
}

TEST_F(SendOrders, WhoStandsByIsSentToHisPostAndNotToTheIncident) {
    model::Decision card;
    card.incident = openIncident();
    card.lines.emplace_back();
    auto& line = card.lines.back();
    line.resource = pump.id;
    line.purpose = model::Purpose::standBy;
    line.eta = base::Seconds(300);
    line.stops = {{model::Position::trusted(47.2, 9.6), "Fire station North", std::nullopt, base::Seconds(300)}};
    must(desk::SendPlan{card});
    ASSERT_EQ(count(), 1U);
    EXPECT_NE(at(0).bytes.find(": stand by at Fire station North. Answer"), std::string::npos) << at(0).bytes;
    EXPECT_EQ(at(0).bytes.find("Seepage."), std::string::npos) << "nobody is to drive there";
    EXPECT_NE(at(0).bytes.find("47.2"), std::string::npos);
}

TEST_F(SendOrders, WhatCouldNotBeHandedOverIsToldByVoice) {
    const auto id = send();
    ASSERT_EQ(count(), 1U);
    at(0).done(false);
    EXPECT_TRUE(comes(id, Reached::nobody));
    EXPECT_TRUE(model::mustBeTold(now(id)));
    EXPECT_EQ(count(), 1U);
}

TEST_F(SendOrders, AnotherWayAndTheRecallGoToThePhoneToo) {
    const auto id = send();
    ASSERT_EQ(count(), 1U);
    at(0).done(true);
    ASSERT_TRUE(comes(id, Reached::phone));
    clock.advance(std::chrono::seconds(30));
    must(anotherWay(id));
    ASSERT_EQ(count(), 2U);
    EXPECT_NE(at(1).bytes.find("take another way"), std::string::npos) << at(1).bytes;
    EXPECT_NE(at(1).bytes.find("12.3 km"), std::string::npos);
    EXPECT_NE(at(1).bytes.find("b-m-r"), std::string::npos) << "and the route itself";
    clock.advance(std::chrono::seconds(30));
    must(desk::ReleaseAssignments{{id}, "called off"});
    ASSERT_EQ(count(), 3U) << "though nobody has answered for the way yet";
    EXPECT_NE(at(2).bytes.find("is cancelled"), std::string::npos) << at(2).bytes;
    EXPECT_EQ(at(2).bytes.find("GOTO"), std::string::npos);
    at(1).done(true); // of the older word
    at(2).done(false);
    EXPECT_TRUE(comes(id, Reached::nobody));
    EXPECT_TRUE(model::mustBeTold(now(id)));
}

TEST_F(SendOrders, TheNewPlaceOfAnIncidentGoesToThePhoneInWordsAndCoordinates) {
    const auto id = send();
    ASSERT_EQ(count(), 1U);
    at(0).done(true);
    ASSERT_TRUE(comes(id, Reached::phone));
    clock.advance(std::chrono::seconds(30));
    must(desk::MoveIncident{now(id).incident, model::Position::trusted(47.2, 9.55), {"Ruggell"}, "the caller meant the other bridge"});
    ASSERT_EQ(count(), 2U);
    EXPECT_NE(at(1).bytes.find("the incident was moved"), std::string::npos) << at(1).bytes;
    EXPECT_NE(at(1).bytes.find("Ruggell (47.20000, 9.55000)"), std::string::npos) << at(1).bytes;
    EXPECT_TRUE(model::mustBeTold(now(id)));
    at(1).done(true);
    EXPECT_TRUE(comes(id, Reached::phone));
    EXPECT_FALSE(model::mustBeTold(now(id)));
    clock.advance(std::chrono::seconds(30));
    must(desk::ReplanAssignment{id, {}, base::Seconds(200), base::Seconds(150), base::Seconds(300), "moved"});
    ASSERT_EQ(count(), 3U);
    EXPECT_NE(at(2).bytes.find("take another way to"), std::string::npos) << at(2).bytes;
    EXPECT_NE(at(2).bytes.find("47.20000, 9.55000"), std::string::npos) << "it may have heard nothing of the move";
}

TEST_F(SendOrders, WhoSaysItselfThatItIsFreeIsNotCalledBack) {
    const auto id = send();
    ASSERT_EQ(count(), 1U);
    ASSERT_TRUE(run(desk::AdvanceAssignment{id, AssignmentState::released}, "team:Pump 1"));
    EXPECT_EQ(count(), 1U);
}

TEST_F(SendOrders, WhatWasNotAnsweredForBeforeTheEndIsSentAgainUnderItsIdAndNothingElse) {
    const auto first = send();
    ASSERT_EQ(count(), 1U);
    at(0).done(true);
    ASSERT_TRUE(comes(first, Reached::phone));
    clock.advance(std::chrono::seconds(30));
    must(desk::ReleaseAssignments{{first}, "called off"});
    ASSERT_EQ(count(), 2U);
    const auto recall = at(1).bytes;
    sender.reset();
    restart();
    sender = makeSender();
    ASSERT_EQ(count(), 3U) << "the recall, and not the order";
    EXPECT_EQ(at(2).bytes, recall) << "the same to the phone";
    at(2).done(true);
    ASSERT_TRUE(comes(first, Reached::phone));
    sender.reset();
    restart();
    sender = makeSender();
    EXPECT_EQ(count(), 3U) << "nothing twice";
}

TEST_F(SendOrders, WhatIsFoundAtTheStartWaitsUntilThePhoneIsThereAgain) {
    const auto id = send();
    ASSERT_EQ(count(), 1U);
    sender.reset();
    restart();
    sender = makeSender();
    ASSERT_EQ(count(), 2U);
    at(1).done(false); // no phone is connected yet
    EXPECT_EQ(count(), 2U);
    EXPECT_EQ(now(id).reached, Reached::waits);
    clock.advance(std::chrono::seconds(10));
    hear("phone-1", "Tanker 2");
    ASSERT_EQ(count(), 3U);
    at(2).done(true);
    EXPECT_TRUE(comes(id, Reached::phone));
    clock.advance(std::chrono::seconds(10));
    hear("phone-1", "Tanker 2");
    EXPECT_EQ(count(), 3U);
}

TEST_F(SendOrders, WhatIsFoundAtTheStartIsForAVoiceAfterTwoMinutesWithoutAPhone) {
    const auto id = send();
    ASSERT_EQ(count(), 1U);
    sender.reset();
    restart();
    sender = makeSender();
    ASSERT_EQ(count(), 2U);
    at(1).done(false);
    clock.advance(std::chrono::seconds(119));
    must(desk::WriteNote{"nobody calls", {}});
    EXPECT_EQ(count(), 2U);
    EXPECT_EQ(now(id).reached, Reached::waits);
    clock.advance(std::chrono::seconds(1));
    must(desk::WriteNote{"nobody calls", {}});
    EXPECT_TRUE(comes(id, Reached::nobody));
    EXPECT_EQ(count(), 2U);
}

TEST_F(SendOrders, APhoneThatIsBoundAfterTheOrderGetsIt) {
    must(desk::BindUnit{model::UnitId("phone-1"), std::nullopt});
    const auto id = send();
    EXPECT_EQ(count(), 0U);
    must(desk::BindUnit{model::UnitId("phone-1"), pump.id});
    ASSERT_EQ(count(), 1U);
    EXPECT_NE(at(0).bytes.find(now(id).order), std::string::npos);
    at(0).done(true);
    EXPECT_TRUE(comes(id, Reached::phone));
}

TEST_F(SendOrders, APhoneThatIsHeardAfterNobodyCouldBeToldGetsTheOrderOnce) {
    const auto id = send();
    ASSERT_EQ(count(), 1U);
    at(0).done(false);
    ASSERT_TRUE(comes(id, Reached::nobody));
    EXPECT_EQ(count(), 1U);
    for (int i = 0; i < 3; ++i) {
        clock.advance(std::chrono::seconds(10));
        hear("phone-1", "Tanker 2");
        ASSERT_EQ(count(), 2U) << "not at each position";
    }
    at(1).done(true);
    EXPECT_TRUE(comes(id, Reached::phone));
    EXPECT_FALSE(model::mustBeTold(now(id))) << "and nobody reads it out any more";
}

TEST_F(SendOrders, WhatWasToldByVoiceIsNotOfferedToAPhoneThatIsHeardAfterwards) {
    const auto id = send();
    ASSERT_EQ(count(), 1U);
    at(0).done(false);
    ASSERT_TRUE(comes(id, Reached::nobody));
    must(desk::RecordTold{{id}, Reached::voice});
    clock.advance(std::chrono::seconds(10));
    hear("phone-1", "Tanker 2");
    EXPECT_EQ(count(), 1U);
}

TEST_F(SendOrders, AnOrderThatNobodyHasHeardGoesOutWithTheWayThatItHasNow) {
    const auto id = send();
    ASSERT_EQ(count(), 1U);
    EXPECT_EQ(at(0).bytes.find("b-m-r"), std::string::npos);
    clock.advance(std::chrono::seconds(30));
    must(anotherWay(id));
    ASSERT_EQ(now(id).word, model::TeamWord::order);
    ASSERT_EQ(count(), 2U);
    EXPECT_EQ(at(1).bytes.find("take another way"), std::string::npos) << "it knows of none";
    EXPECT_NE(at(1).bytes.find("12.3 km"), std::string::npos) << at(1).bytes;
    EXPECT_NE(at(1).bytes.find("b-m-r"), std::string::npos);
}

TEST_F(SendOrders, WhatIsHalfADayOldIsNoNewsAnyMore) {
    (void)send();
    ASSERT_EQ(count(), 1U);
    sender.reset();
    clock.advance(std::chrono::hours(13));
    sender = makeSender();
    EXPECT_EQ(count(), 1U);
}

TEST_F(SendOrders, ALineToAUnitIsSentAndWhatCameOfItIsWrittenDown) {
    const auto done = must(desk::WriteToUnit{model::UnitId("phone-1"), "Come <back>"});
    ASSERT_EQ(count(), 1U);
    EXPECT_EQ(at(0).callSign, "Tanker 2");
    EXPECT_NE(at(0).bytes.find("Come &lt;back&gt;"), std::string::npos);
    EXPECT_NE(at(0).bytes.find(done.ids.at(0)), std::string::npos);
    std::promise<std::string> written;
    const auto heard = desk->subscribe([](desk::Snapshot) {},
                                       [&](std::shared_ptr<const desk::Delta> delta) {
                                           for (const auto& entry : delta->entries)
                                               written.set_value(entry.type + " " + entry.data.at("message").get<std::string>());
                                       });
    (void)desk->snapshot();
    at(0).done(false);
    EXPECT_EQ(written.get_future().get(), "chat.missed " + done.ids.at(0));
}

} // namespace
} // namespace tocsin::app
