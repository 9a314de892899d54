#include "gui/panels/near_reports.hpp"
#include "gui/panels/report_rows.hpp"
#include "gui/panels_support.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/gui/report_triage.hpp"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <ctime>
#include <random>

namespace tocsin::gui {
namespace {

using test::id;

class Groups final : public ReportTriage {
  public:
    std::vector<triage::ReportGroup> all;
    std::map<std::string, triage::IncidentProposal> proposals;
    const std::vector<triage::ReportGroup>& groups() const override { return all; }
    const triage::ReportGroup* groupOf(model::ReportId report) const override {
        const auto found = m_of.find(report);
        return found == m_of.end() ? nullptr : &all[found->second];
    }
    void index() {
        m_of.clear();
        for (std::size_t i = 0; i < all.size(); ++i)
            for (const auto& report : all[i].reports)
                m_of[report] = i;
    }

  protected:
    const triage::IncidentProposal* foundFor(const std::string& group) const override {
        const auto found = proposals.find(group);
        return found == proposals.end() ? nullptr : &found->second;
    }

  private:
    std::map<model::ReportId, std::size_t> m_of;
};

class ReportRowsTest : public test::PanelTest {
  protected:
    ReportRowsTest() {
        desk.scene().state.reports.clear();
        ui.reports = &finds;
    }
    model::Report& put(unsigned number) {
        model::Report& report = desk.scene().state.reports[id<model::ReportId>(number)];
        report.id = id<model::ReportId>(number);
        report.text = "Report " + std::to_string(number);
        report.receivedAt = desk.time - std::chrono::seconds(number);
        return report;
    }
    static std::vector<std::string> of(const ReportRows& rows) {
        std::vector<std::string> out;
        for (int row = 0; row < rows.rowCount(); ++row) {
            const auto index = rows.index(row, 0);
            const auto face = index.data(RowSource::faceRole).value<RowFace>();
            out.push_back(rows.idAt(index).toString() + " " + std::to_string(face.depth) + " " +
                          std::to_string(face.count) + " " + face.title.toStdString());
        }
        return out;
    }
    Groups finds;
};

TEST_F(ReportRowsTest, keptUpOneByOneTheyAreWhatTheyWouldBeMadeAnew) {
    std::mt19937 dice(20'261'129);
    const auto roll = [&](unsigned sides) { return std::uniform_int_distribution<unsigned>(0, sides - 1)(dice); };
    for (unsigned i = 1; i <= 60; ++i)
        put(i);
    ReportRows rows(ui, finds, nullptr);
    rows.setWhole(true);
    const QAbstractItemModelTester tester(&rows, QAbstractItemModelTester::FailureReportingMode::Fatal);
    rows.now();
    for (int step = 0; step < 400; ++step) {
        std::set<model::ReportId> changed;
        for (unsigned n = roll(4); n-- > 0;) {
            model::Report& report = put(1 + roll(80));
            changed.insert(report.id);
            switch (roll(6)) {
            case 0:
                report.state = static_cast<model::ReportState>(roll(4));
                report.judgedAt = desk.time;
                break;
            case 1:
                report.claimedBy = roll(2) == 0 ? desk.actor().toStdString() : "Beck";
                report.claimedAt = desk.time;
                break;
            case 2:
                report.callBack = model::CallBack{desk.time + std::chrono::minutes(roll(20)), "Beck", {}, {}, false, {}};
                break;
            case 3:
                report.callBack.reset();
                break;
            case 4:
                report.incident = roll(2) == 0 ? std::optional(id<model::IncidentId>(1)) : std::nullopt;
                break;
            default:
                break;
            }
        }
        rows.touch(changed);
        if (roll(3) == 0) { // other groups: each report in at most one
            std::map<unsigned, triage::ReportGroup> made;
            for (unsigned i = 1; i <= 80; ++i) {
                if (const unsigned to = roll(30); to < 12) {
                    auto& group = made[to];
                    group.key = "g" + std::to_string(to);
                    group.reports.push_back(id<model::ReportId>(i));
                }
            }
            finds.all.clear();
            for (auto& [key, group] : made) {
                if (group.reports.size() > 1)
                    finds.all.push_back(group);
            }
            finds.index();
            emit finds.changed();
        }
        if (roll(10) == 0 && rows.rowCount() > 0) {
            const auto some = rows.idAt(rows.index(static_cast<int>(roll(static_cast<unsigned>(rows.rowCount()))), 0));
            rows.setOpen(rows.headOf(some), roll(2) == 0);
        }
        if (roll(40) == 0)
            rows.setShow(static_cast<ReportRows::Show>(roll(6)));
        desk.time += std::chrono::minutes(roll(5));
        rows.now();

        ReportRows anew(ui, finds, nullptr);
        anew.setWhole(true);
        anew.setShow(rows.show());
        anew.now();
        for (int row = 0; row < rows.rowCount(); ++row) {
            const auto head = rows.headOf(rows.idAt(rows.index(row, 0)));
            if (rows.isOpen(head))
                anew.setOpen(head, true);
        }
        ASSERT_EQ(of(rows), of(anew)) << "step " << step;
        ASSERT_EQ(rows.pending(), anew.pending()) << "step " << step;
        for (int row = 0; row < rows.rowCount(); ++row)
            ASSERT_EQ(rows.indexOf(rows.idAt(rows.index(row, 0))).row(), row);
    }
}

TEST_F(ReportRowsTest, aChangeAmongThousandsCostsNoWalkThroughAll) {
    for (unsigned i = 1; i <= 20'000; ++i)
        put(i);
    ReportRows rows(ui, finds, nullptr);
    rows.setWhole(true);
    ASSERT_EQ(rows.rowCount(), 20'000);
    const auto cpu = [] { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; };
    double start = cpu();
    for (int i = 0; i < 20; ++i) {
        rows.touchAll();
        rows.now();
    }
    const double anew = cpu() - start;
    start = cpu();
    for (unsigned i = 0; i < 20; ++i) {
        put(100 + i).state = model::ReportState::needsMore;
        rows.touch({id<model::ReportId>(100 + i)});
        rows.now();
    }
    const double kept = cpu() - start;
    RecordProperty("kept_ms", std::to_string(kept * 50));
    RecordProperty("anew_ms", std::to_string(anew * 50));
    EXPECT_LT(kept * 3, anew) << "a twentieth of a second each: " << kept * 50 << " ms against " << anew * 50 << " ms";
}

TEST_F(ReportRowsTest, AFloodIsAFewLinesAndEachReportIsTwoStepsAway) {
    const char* kinds[] = {"flood", "fire", "building-collapse"};
    for (unsigned i = 1; i <= 2'000; ++i) {
        auto& report = put(i);
        report.category = kinds[i % 3];
        report.place = "P" + std::to_string(i % 7);
        report.position = geo::offset(model::Position::trusted(47.14, 9.52), base::Degrees(90), base::Metres(4'000.0 * (i % 7) + i % 50));
    }
    for (unsigned i = 0; i < 100; ++i) {
        triage::ReportGroup group;
        group.key = "g" + std::to_string(i);
        for (unsigned k = 0; k < 5; ++k)
            group.reports.push_back(id<model::ReportId>(1 + i * 5 + k));
        finds.all.push_back(group);
    }
    finds.index();
    ReportRows rows(ui, finds, nullptr);
    const QAbstractItemModelTester tester(&rows, QAbstractItemModelTester::FailureReportingMode::Fatal);
    rows.now();
    ASSERT_TRUE(rows.isFlood());
    EXPECT_LE(rows.rowCount(), 10);
    EXPECT_EQ(rows.tally().reports, 2'000U);
    EXPECT_EQ(rows.tally().blocks, 1'600U);
    std::size_t counted = 0;
    for (int row = 0; row < rows.rowCount(); ++row) {
        const auto at = rows.idAt(rows.index(row, 0));
        ASSERT_NE(rows.lineAt(at), nullptr);
        EXPECT_EQ(rows.indexOf(at).row(), row);
        counted += rows.index(row, 0).data(RowSource::faceRole).value<RowFace>().count;
        EXPECT_TRUE(rows.targetOf(at).reports.empty()) << "a line is only opened";
    }
    EXPECT_EQ(counted, 2'000U) << "nothing is hidden uncounted";

    const auto line = rows.idAt(rows.index(0, 0));
    const auto blocks = static_cast<int>(rows.lineAt(line)->blocks.size());
    const int closed = rows.rowCount();
    rows.setOpen(line, true);
    EXPECT_EQ(rows.rowCount(), closed + blocks);
    const auto first = rows.idAt(rows.index(1, 0));
    EXPECT_EQ(rows.parentOf(first), line);
    rows.setOpen(line, false);
    EXPECT_EQ(rows.rowCount(), closed);

    const auto deep = id<model::ReportId>(5); // the last of a group
    ASSERT_FALSE(rows.indexOf(deep.value).isValid());
    rows.reveal(deep);
    ASSERT_TRUE(rows.indexOf(deep.value).isValid());
    EXPECT_EQ(rows.indexOf(deep.value).data(RowSource::faceRole).value<RowFace>().depth, 2);

    rows.setWhole(true);
    EXPECT_GE(rows.rowCount(), 1'600);
    rows.setWhole(false);
    for (unsigned i = 16; i <= 2'000; ++i)
        put(i).state = model::ReportState::dismissed;
    rows.touchAll();
    rows.now();
    EXPECT_FALSE(rows.isFlood());
    EXPECT_EQ(rows.tally().reports, 15U);
}

TEST_F(ReportRowsTest, whatIsJudgedLeavesTheQueueAndIsNoFlood) {
    for (unsigned i = 1; i <= 100; ++i) {
        auto& report = put(i);
        if (i > 3) {
            report.state = i % 2 == 0 ? model::ReportState::verified : model::ReportState::dismissed;
            report.judgedAt = desk.time;
        }
    }
    ReportRows rows(ui, finds, nullptr);
    rows.now();
    EXPECT_EQ(rows.rowCount(), 3);
    EXPECT_EQ(rows.pending(), 3U);
    EXPECT_FALSE(rows.isFlood());
    rows.setShow(ReportRows::Show::judged);
    EXPECT_EQ(rows.rowCount(), 97);
    EXPECT_FALSE(rows.isFlood()) << "it waits for nobody";
    rows.setShow(ReportRows::Show::open);
    for (unsigned i = 101; i <= 120; ++i) // more than half of what makes a flood, fewer than make one
        put(i);
    rows.touchAll();
    rows.now();
    EXPECT_EQ(rows.rowCount(), 23);
    EXPECT_FALSE(rows.isFlood()) << "nor does what was judged make a flood of what is open";

    put(1).state = model::ReportState::verified;
    rows.touch({id<model::ReportId>(1)});
    rows.now();
    EXPECT_EQ(rows.rowCount(), 22) << "it goes when it is judged, not a day later";
    EXPECT_FALSE(rows.indexOf(id<model::ReportId>(1).value).isValid());
}

TEST_F(ReportRowsTest, WhatIsVerifiedStaysAsLongAsItIsProposedAsAnIncident) {
    triage::ReportGroup group;
    group.key = "g";
    for (unsigned i = 1; i <= 3; ++i) {
        put(i).state = model::ReportState::verified;
        group.reports.push_back(id<model::ReportId>(i));
    }
    put(3).state = model::ReportState::dismissed;
    finds.all = {group};
    finds.index();
    ReportRows rows(ui, finds, nullptr);
    rows.now();
    EXPECT_EQ(rows.rowCount(), 0);
    finds.proposals["g"].group = "g";
    emit finds.changed();
    rows.now();
    ASSERT_EQ(rows.rowCount(), 1) << "somebody has to say whether it is one";
    EXPECT_EQ(rows.targetOf(rows.idAt(rows.index(0, 0))).reports, (std::vector{id<model::ReportId>(1), id<model::ReportId>(2)}));
    EXPECT_EQ(rows.pending(), 0U);
    finds.proposals.clear();
    emit finds.changed();
    rows.now();
    EXPECT_EQ(rows.rowCount(), 0);
}

TEST_F(ReportRowsTest, ACallBackThatIsNotDoneStaysWhateverElseBecameOfTheReport) {
    auto& linked = put(1);
    linked.incident = id<model::IncidentId>(1);
    auto& verified = put(2);
    verified.state = model::ReportState::verified;
    put(3);
    for (auto* report : {&linked, &verified})
        report->callBack = model::CallBack{desk.time + std::chrono::minutes(10), "Beck", {}, {}, false, {}};
    ReportRows rows(ui, finds, nullptr);
    rows.now();
    EXPECT_EQ(rows.rowCount(), 3);
    EXPECT_EQ(rows.pending(), 3U);
    EXPECT_EQ(rows.idAt(rows.index(0, 0)), id<model::ReportId>(3).value) << "nobody has looked at that one";
    desk.time += std::chrono::minutes(11);
    rows.touch({linked.id, verified.id});
    rows.now();
    EXPECT_EQ(rows.idAt(rows.index(2, 0)), id<model::ReportId>(3).value) << "those that are due come first";
    EXPECT_TRUE(rows.index(0, 0).data(RowSource::faceRole).value<RowFace>().second.contains(QLatin1String("overdue")));
    linked.callBack->doneAt = verified.callBack->doneAt = desk.time;
    rows.touch({linked.id, verified.id});
    rows.now();
    EXPECT_EQ(rows.rowCount(), 1);
    EXPECT_EQ(rows.pending(), 1U);
}

TEST(NearReports, findsAllThatAreNearAnywhereOnEarth) {
    std::mt19937 dice(7);
    std::uniform_real_distribution<double> part(-1, 1);
    for (const auto& [latitude, longitude] : {std::pair{47.14, 9.52}, {0.0, 179.999}, {89.99, 10.0}, {-62.0, -180.0}}) {
        NearReports near;
        std::vector<model::Report> all;
        for (unsigned i = 1; i <= 400; ++i) {
            model::Report report;
            report.id = id<model::ReportId>(i);
            report.position = geo::offset(model::Position::trusted(latitude, longitude), base::Degrees{part(dice) * 180},
                                          base::Metres{(part(dice) + 1) * 4'000});
            near.put(report);
            all.push_back(report);
        }
        const auto middle = model::Position::trusted(latitude, longitude);
        const auto found = near.around(middle);
        const std::set<model::ReportId> got(found.begin(), found.end());
        EXPECT_EQ(got.size(), found.size()) << "none twice";
        for (const auto& report : all) {
            if (geo::distance(middle, *report.position).value <= NearReports::reachMetres) {
                EXPECT_TRUE(got.contains(report.id)) << latitude;
            }
        }
        EXPECT_LT(got.size(), all.size());
        all.front().position.reset();
        near.put(all.front());
        const auto without = near.around(middle);
        EXPECT_EQ(std::count(without.begin(), without.end(), all.front().id), 0);
    }
}

} // namespace
} // namespace tocsin::gui
