#include "desk_fixture.hpp"

#include "tocsin/model/json.hpp"

#include <limits>

// The resource database: records, claims, stock with documents, counts, checks; and what is refused.

namespace tocsin::test {
namespace {

using base::Code;
using model::ResourceStatus;

class RecordsTest : public DeskFixture {
  protected:
    model::Resource depot(const std::string& name = "Depot", const std::string& key = "W-1") {
        auto r = team(name);
        r.kind = model::ResourceKind::warehouse;
        r.capabilities.clear();
        r.key = key;
        model::Stock sandbags;
        sandbags.code = "3010101";
        sandbags.name = "Sandbags";
        sandbags.unit = "piece";
        sandbags.quantity = 500;
        sandbags.minimum = 100;
        r.stock.push_back(sandbags);
        return r;
    }
    model::Resource put(const model::Resource& r) {
        const auto done = must(desk::PutResources{{r}, {}, "edit"});
        return at(*model::ResourceId::parse(done.ids.at(0)));
    }
    model::Resource at(model::ResourceId id) { return desk->snapshot().state.resources.at(id); }
    /// Refused with that code, and nothing changed.
    void refused(desk::CommandBody body, Code code, const std::string& word = {}, const std::string& actor = "M. Keller") {
        const auto before = desk->snapshot().state;
        const auto done = run(std::move(body), actor);
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().code, code) << done.error().message;
        EXPECT_NE(done.error().message.find(word), std::string::npos) << done.error().message;
        EXPECT_EQ(desk->snapshot().state, before);
    }
    desk::MoveStock move(const model::Resource& r, desk::StockAct act, double quantity) {
        desk::MoveStock m;
        m.resource = r.id;
        m.act = act;
        m.code = "3010101";
        m.quantity = quantity;
        return m;
    }
};

TEST_F(RecordsTest, NewRecordsGetAnIdAndDispatchsFieldsAreNotTaken) {
    auto r = depot();
    r.id = {};
    r.status = ResourceStatus::assigned;
    r.claimedBy = "X";
    r.stock[0].reserved = 7;
    const auto kept = put(r);
    EXPECT_FALSE(kept.id.isNull());
    EXPECT_EQ(kept.status, ResourceStatus::available);
    EXPECT_EQ(kept.claimedBy, "");
    EXPECT_EQ(kept.stock[0].reserved, 0);
    EXPECT_EQ(kept.home, kept.position);
    EXPECT_TRUE(must(desk::PutResources{{kept}, {kept}, "edit"}).duplicate) << "nothing changed, nothing is written";
}

TEST_F(RecordsTest, HostileNumbersAndTextsAreRefused) {
    const auto with = [&](auto change) {
        auto r = depot();
        change(r);
        return desk::PutResources{{r}, {}, "import"};
    };
    const double inf = std::numeric_limits<double>::infinity();
    for (const double bad : {-5.0, 1e308, inf, std::numeric_limits<double>::quiet_NaN()}) {
        refused(with([&](auto& r) { r.stock[0].quantity = bad; }), Code::outOfRange, "quantity");
        refused(with([&](auto& r) { r.stock[0].minimum = bad; }), Code::outOfRange, "minimum");
        refused(with([&](auto& r) { r.vehicle.emplace().heightMetres = bad; }), Code::outOfRange, "height");
        refused(with([&](auto& r) { r.speedFactor = bad; }), Code::outOfRange, "speed");
        refused(with([&](auto& r) { r.offers.push_back({"x", "x", 1, "t", 0, base::Seconds(bad)}); }), Code::outOfRange, "lead");
    }
    refused(with([](auto& r) { r.people = -1; }), Code::outOfRange, "people");
    refused(with([](auto& r) { r.name = ""; }), Code::refused, "name");
    refused(with([](auto& r) { r.phone = std::string("1\0 2", 4); }), Code::malformed, "phone");
    refused(with([](auto& r) { r.remarks = "\xff\xfe"; }), Code::malformed, "UTF-8");
    refused(with([](auto& r) { r.capabilities = {{"a", 4}}; }), Code::outOfRange, "level");
    refused(with([](auto& r) { r.capabilities = {{"a", 1}, {"a", 2}}; }), Code::conflict, "twice");
    refused(with([](auto& r) { r.stock.push_back(r.stock[0]); }), Code::conflict, "twice");
    refused(with([](auto& r) { r.beds = {{"general", 3, 4}}; }), Code::outOfRange, "free");
    refused(with([](auto& r) { r.checkDue = base::Time::max(); }), Code::outOfRange, "check");
    refused(with([this](auto& r) { r.duty = {{clock.now(), clock.now(), "A", "", ""}}; }), Code::outOfRange, "ends before");
}

TEST_F(RecordsTest, InventoryNumbersAreUnique) {
    const auto first = put(depot());
    refused(desk::PutResources{{depot("Other")}, {}, "edit"}, Code::conflict, "W-1");
    refused(desk::PutResources{{depot("A", "N"), depot("B", "N")}, {}, "edit"}, Code::conflict, "both");
    must(desk::RetireResources{{first.id}, "burnt down"});
    put(depot("Other"));
}

TEST_F(RecordsTest, AnEditorMergesWithWhatDispatchKeepsAndConflictsWithAnotherEditor) {
    const auto seen = put(depot());
    must(move(seen, desk::StockAct::issue, 40));
    must(desk::SetResourceStatus{{seen.id}, ResourceStatus::maintenance, {}, ""});
    must(desk::ClaimResources{{seen.id}, false});
    auto mine = seen;
    mine.phone = "0511 1";
    must(desk::PutResources{{mine}, {seen}, "edit"});
    auto now = at(seen.id);
    EXPECT_EQ(now.phone, "0511 1");
    EXPECT_EQ(now.stock[0].quantity, 460) << "what was issued meanwhile stays issued";
    EXPECT_EQ(now.status, ResourceStatus::maintenance);
    EXPECT_EQ(now.claimedBy, "M. Keller");
    auto late = seen;
    late.owner = "Fire brigade";
    refused(desk::PutResources{{late}, {seen}, "edit"}, Code::conflict, "person in charge");
    late = now;
    late.stock[0].quantity = 300;
    must(move(now, desk::StockAct::issue, 10));
    refused(desk::PutResources{{late}, {now}, "edit"}, Code::conflict, "counted or moved");
}

TEST_F(RecordsTest, AnEntryHasAtMost250Images) {
    std::vector<model::Resource> many;
    for (int i = 0; i < 601; ++i)
        many.push_back(depot("D" + std::to_string(i), "K" + std::to_string(i)));
    const auto done = must(desk::PutResources{many, {}, "import depots.csv"});
    ASSERT_EQ(done.entries.size(), 3U);
    EXPECT_EQ(done.entries[0].data.at("resource").size(), 250U);
    EXPECT_EQ(done.entries[2].data.at("count"), 101);
    EXPECT_EQ(done.entries[0].type, "resource.added");
    restart();
    EXPECT_EQ(desk->snapshot().state.resources.size(), 601U);
}

TEST_F(RecordsTest, StockMovesWithDocumentsAndNeverBelowZero) {
    const auto a = put(depot());
    const auto b = put(depot("Branch", "W-2"));
    auto done = must(move(a, desk::StockAct::issue, 100.1));
    EXPECT_EQ(done.ids.at(0), "S2026-0001");
    EXPECT_EQ(done.entries.at(0).data.at("document").at("act"), "issue");
    EXPECT_DOUBLE_EQ(at(a.id).stock[0].quantity, 399.9);
    auto t = move(a, desk::StockAct::transfer, 50);
    t.to = b.id;
    t.document = "GN 77";
    done = must(t);
    EXPECT_EQ(done.ids.at(0), "GN 77");
    EXPECT_DOUBLE_EQ(at(a.id).stock[0].quantity, 349.9);
    EXPECT_DOUBLE_EQ(at(b.id).stock[0].quantity, 550);
    restart();
    EXPECT_EQ(must(move(a, desk::StockAct::receipt, 1)).ids.at(0), "S2026-0003") << "numbers go on after a restart";
    clock.set(*base::parseTime("2027-01-02T00:00:00Z"));
    EXPECT_EQ(must(move(a, desk::StockAct::receipt, 1)).ids.at(0), "S2027-0001");
    refused(move(a, desk::StockAct::issue, 1e6), Code::conflict, "free");
    refused(move(a, desk::StockAct::issue, -5), Code::outOfRange);
    refused(move(a, desk::StockAct::issue, 0), Code::outOfRange);
    refused(move(a, desk::StockAct::receipt, 1e308), Code::outOfRange);
    refused(move(a, desk::StockAct::receipt, std::numeric_limits<double>::quiet_NaN()), Code::outOfRange);
    refused(move(a, desk::StockAct::writeOff, 1), Code::refused, "reason");
    t.to = a.id;
    refused(t, Code::refused, "another");
    auto unknown = move(a, desk::StockAct::issue, 1);
    unknown.code = "9";
    refused(unknown, Code::notFound, "9");
    unknown.act = desk::StockAct::receipt;
    refused(unknown, Code::refused, "name and a unit");
    unknown.name = "Pumps";
    unknown.unit = "piece";
    must(unknown);
    EXPECT_EQ(at(a.id).stock.size(), 2U);
}

TEST_F(RecordsTest, WhatIsReservedStaysAndWhatHasExpiredDoesNotGoOut) {
    auto r = depot();
    r.stock[0].reserved = 450; // as dispatch would have it
    must(desk::RegisterResources{{r}});
    refused(move(r, desk::StockAct::issue, 60), Code::conflict, "reserved");
    refused(move(r, desk::StockAct::count, 449), Code::conflict, "reserved");
    refused(desk::RetireResources{{r.id}, "closed"}, Code::conflict, "reserved");
    auto edited = at(r.id);
    edited.stock.clear();
    refused(desk::PutResources{{edited}, {at(r.id)}, "edit"}, Code::conflict, "reserved");
    must(move(r, desk::StockAct::count, 450));
    EXPECT_EQ(at(r.id).countedAt, clock.now());

    auto old = depot("Old", "W-9");
    old.stock[0].expiry = clock.now() + std::chrono::hours(1);
    put(old);
    clock.advance(std::chrono::hours(2));
    refused(move(old, desk::StockAct::issue, 1), Code::refused, "expired");
    auto write = move(old, desk::StockAct::writeOff, 500);
    write.reason = "past its date";
    must(write);
    EXPECT_EQ(at(old.id).stock[0].quantity, 0);
    auto late = move(old, desk::StockAct::receipt, 5);
    late.expiry = clock.now() - std::chrono::hours(1);
    refused(late, Code::refused, "expired");
}

TEST_F(RecordsTest, AClaimLastsTwoMinutesAndNamesWhoHolds) {
    const auto a = put(depot());
    const auto b = put(depot("Branch", "W-2"));
    must(desk::ClaimResources{{a.id}, false});
    EXPECT_EQ(at(a.id).claimedUntil, clock.now() + std::chrono::minutes(2));
    refused(desk::ClaimResources{{b.id, a.id}, false}, Code::conflict, "M. Keller", "Li Na");
    refused(desk::ClaimResources{{a.id}, true}, Code::conflict, "M. Keller", "Li Na");
    refused(desk::RetireResources{{a.id}, "x"}, Code::conflict, "M. Keller", "Li Na");
    clock.advance(std::chrono::minutes(2));
    ASSERT_TRUE(run(desk::ClaimResources{{a.id, b.id}, false}, "Li Na"));
    EXPECT_EQ(at(a.id).claimedBy, "Li Na");
    const auto released = run(desk::ClaimResources{{a.id, b.id}, true}, "Li Na");
    ASSERT_TRUE(released);
    EXPECT_EQ(released->entries.at(0).type, "resource.released");
    EXPECT_EQ(at(a.id).claimedBy, "");
    EXPECT_TRUE(must(desk::ClaimResources{{a.id}, true}).duplicate);
}

TEST_F(RecordsTest, StatusHasAClockAndAssignedIsDispatchs) {
    const auto t = put(team("Fire 1"));
    refused(desk::SetResourceStatus{{t.id}, ResourceStatus::assigned, {}, ""}, Code::refused);
    refused(desk::SetResourceStatus{{t.id}, ResourceStatus::outOfService, {}, ""}, Code::refused, "reason");
    refused(desk::SetResourceStatus{{t.id}, ResourceStatus::offDuty, clock.now(), ""}, Code::outOfRange);
    must(desk::SetResourceStatus{{t.id}, ResourceStatus::outOfService, clock.now() + std::chrono::hours(3), "gearbox"});
    EXPECT_EQ(at(t.id).statusSince, clock.now());
    EXPECT_EQ(at(t.id).statusReason, "gearbox");
    must(desk::SetResourceStatus{{t.id}, ResourceStatus::available, {}, ""});
    refused(desk::SetResourceStatus{{t.id}, ResourceStatus::available, {}, ""}, Code::conflict, "already");
    const auto incident = openIncident();
    must(sending(incident, {t.id}));
    refused(desk::SetResourceStatus{{t.id}, ResourceStatus::offDuty, {}, ""}, Code::conflict, "assigned");
    refused(desk::RetireResources{{t.id}, "sold"}, Code::conflict, "assigned");
    refused(desk::RecordCheck{t.id, false, false, {}, "brakes"}, Code::conflict, "assigned");
}

TEST_F(RecordsTest, CountsAndChecks) {
    auto h = depot("Hospital", "H-1");
    h.beds = {{"general", 100, 40}};
    put(h);
    refused(desk::CountResource{h.id, {}, {}}, Code::refused, "nothing");
    refused(desk::CountResource{h.id, -1, {}}, Code::outOfRange);
    refused(desk::CountResource{h.id, {}, {{"general", 10, 11}}}, Code::outOfRange, "free");
    must(desk::CountResource{h.id, 7, {{"general", 100, 12}, {"burns", 4, 1}}});
    EXPECT_EQ(at(h.id).beds.size(), 2U);
    EXPECT_EQ(at(h.id).occupied, 7);
    EXPECT_EQ(at(h.id).countedAt, clock.now());
    refused(desk::RecordCheck{h.id, false, false, {}, ""}, Code::refused, "found");
    refused(desk::RecordCheck{h.id, false, true, clock.now(), ""}, Code::outOfRange);
    must(desk::RecordCheck{h.id, false, false, clock.now() + std::chrono::hours(24), "no fuel"});
    EXPECT_EQ(at(h.id).status, ResourceStatus::outOfService);
    EXPECT_EQ(at(h.id).checkDue, clock.now() + std::chrono::hours(24));
    must(desk::SetResourceStatus{{h.id}, ResourceStatus::maintenance, {}, ""});
    must(desk::RecordCheck{h.id, true, true, {}, ""});
    EXPECT_EQ(at(h.id).status, ResourceStatus::available);
    must(desk::RetireResources{{h.id}, "closed"});
    refused(desk::CountResource{h.id, 1, {}}, Code::conflict, "retired");
    auto again = at(h.id);
    again.remarks = "reopened";
    must(desk::PutResources{{again}, {}, "edit"});
    EXPECT_FALSE(at(h.id).retired);
}

} // namespace
} // namespace tocsin::test
