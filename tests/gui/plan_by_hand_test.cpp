// Whoever is recommended: anybody can be added to a plan, and loads and the order of stops be changed.
#include "gui/panels/load_plan.hpp"
#include "gui/panels/plan_choice.hpp"
#include "gui/panels_support.hpp"
#include "tocsin/gui/panels/detail_panel.hpp"

#include <QAbstractButton>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QTest>

namespace tocsin::gui {
namespace {

using test::id;

class LoadPlanTest : public test::PanelTest {
  protected:
    LoadPlanTest() {
        auto& truck = add(20, model::ResourceKind::vehicle, "Truck");
        truck.vehicle.emplace();
        truck.vehicle->loadKilograms = 1000;
        truck.vehicle->loadCubicMetres = 10;
        truck.stock = {{"tarp", "Tarpaulin", 3, "piece"}};
        auto& depot = add(21, model::ResourceKind::warehouse, "Depot");
        depot.stock = {{"sand", "Sandbag", 100, "piece"}, {"water", "Water", 50, "bottle"}, {"sand", "Sandbag", 40, "piece"}};
        depot.stock[0].kilograms = depot.stock[2].kilograms = 10;
        depot.stock[0].reserved = 60;
        depot.stock[2].expiry = desk.now() - std::chrono::hours(1);
        auto& far = add(22, model::ResourceKind::warehouse, "Far store");
        far.stock = {{"sand", "Sandbag", 30, "piece"}};
        far.stock[0].kilograms = 10;
        need.need.kind = model::NeedKind::supply;
        need.need.supply = "sand";
        need.need.unit = "piece";
        need.open = 60;
    }
    model::Resource& add(unsigned n, model::ResourceKind kind, const char* name) {
        model::Resource one;
        one.id = id<model::ResourceId>(n);
        one.kind = kind;
        one.name = name;
        return state.resources[one.id] = one;
    }
    LoadPlan plan(std::vector<model::LoadItem> load = {}, std::vector<model::LoadItem> others = {}) {
        return {state, code, id<model::ResourceId>(20), {need}, std::move(load), std::move(others), {}, desk.now()};
    }
    static std::size_t rowOf(const LoadPlan& plan, unsigned store, const char* supply) {
        for (std::size_t i = 0; i < plan.rows().size(); ++i) {
            if (plan.rows()[i].item.from == id<model::ResourceId>(store) && plan.rows()[i].item.code == supply)
                return i;
        }
        ADD_FAILURE() << "no such row";
        return 0;
    }
    model::State state;
    dispatch::NeedAnswer need;
};

TEST_F(LoadPlanTest, hostileNumbersAreAnsweredInWords) {
    const auto fault = [](const char* text) {
        QString said;
        EXPECT_EQ(LoadPlan::quantityFrom(QString::fromUtf8(text), said), 0) << text;
        return said;
    };
    EXPECT_TRUE(fault("").contains(QStringLiteral("type a quantity")));
    EXPECT_TRUE(fault("   ").contains(QStringLiteral("type a quantity")));
    EXPECT_TRUE(fault("12,5").contains(QStringLiteral("no comma")));
    EXPECT_TRUE(fault("１２，５").contains(QStringLiteral("no comma")));
    EXPECT_TRUE(fault("-5").contains(QStringLiteral("less than 0")));
    EXPECT_TRUE(fault("−5").contains(QStringLiteral("less than 0")));
    for (const char* huge : {"1e308", "1e400", "inf", "1000000001"})
        EXPECT_TRUE(fault(huge).contains(QStringLiteral("too much"))) << huge;
    for (const char* word : {"many", "nan", "1 2x", "--1"})
        EXPECT_TRUE(fault(word).contains(QStringLiteral("no number"))) << word;
    EXPECT_TRUE(fault("1e-9").contains(QStringLiteral("too little")));
    QString said;
    EXPECT_EQ(LoadPlan::quantityFrom(QStringLiteral(" 12.5 "), said), 12.5);
    EXPECT_TRUE(said.isEmpty());
    EXPECT_EQ(LoadPlan::quantityFrom(QStringLiteral("１２"), said), 12) << "as a Chinese keyboard gives it";
    EXPECT_TRUE(said.isEmpty());
}

TEST_F(LoadPlanTest, freeIsWhatIsNeitherPromisedNorExpiredNorTakenByTheRestOfThePlan) {
    auto one = plan();
    EXPECT_EQ(one.rows()[rowOf(one, 21, "sand")].free, 40) << "60 are reserved, 40 expired";
    auto other = plan({}, {{id<model::ResourceId>(21), "sand", "Sandbag", 15, "piece"}});
    EXPECT_EQ(other.rows()[rowOf(other, 21, "sand")].free, 25);
    other.type(rowOf(other, 21, "sand"), QStringLiteral("26"));
    EXPECT_TRUE(other.fault().contains(QStringLiteral("Depot has 25"))) << other.fault().toStdString();
    other.type(rowOf(other, 21, "sand"), QStringLiteral("25"));
    EXPECT_TRUE(other.fault().isEmpty()) << other.fault().toStdString();
    EXPECT_TRUE(other.met().contains(QStringLiteral("40 of 60"))) << "with what the others bring: " << other.met().toStdString();
    EXPECT_TRUE(other.met().contains(QStringLiteral("20 missing")));
}

TEST_F(LoadPlanTest, sumsFollowAndPayloadIsKept) {
    auto one = plan({{id<model::ResourceId>(21), "sand", "Sandbag", 40, "piece"}});
    EXPECT_TRUE(one.carried().contains(QStringLiteral("400 of")));
    EXPECT_TRUE(one.carried().contains(QStringLiteral("600 kg left")));
    one.type(rowOf(one, 22, "sand"), QStringLiteral("30"));
    EXPECT_TRUE(one.met().contains(QStringLiteral("10 more than is needed")));
    one.type(rowOf(one, 21, "water"), QStringLiteral("5"));
    EXPECT_TRUE(one.carried().contains(QStringLiteral("the weight of Water is not known")));
    state.resources.at(id<model::ResourceId>(20)).vehicle->loadKilograms = 500;
    EXPECT_TRUE(one.fault().contains(QStringLiteral("carries 500 kg, not 700 kg"))) << one.fault().toStdString();
    for (const auto& [store, supply] : {std::pair(21U, "sand"), std::pair(22U, "sand"), std::pair(21U, "water")})
        one.type(rowOf(one, store, supply), QStringLiteral("0"));
    EXPECT_TRUE(one.load().empty()) << "0 takes it off";
    EXPECT_TRUE(one.fault().contains(QStringLiteral("bring nothing")));
}

TEST_F(LoadPlanTest, theStoresAreCalledAtInTheOrderThatIsSaid) {
    auto one = plan();
    one.suggest();
    EXPECT_EQ(one.load().size(), 2U) << "40 from one, 20 from the other";
    const auto before = one.stores();
    ASSERT_EQ(before.size(), 2U);
    one.moveStore(1, -1);
    EXPECT_EQ(one.stores(), (std::vector{before[1], before[0]}));
    EXPECT_EQ(one.load().front().from, before[1]);
    one.moveStore(0, -1);
    EXPECT_EQ(one.stores().front(), before[1]) << "there is nothing before the first";
    one.type(rowOf(one, 20, "tarp"), QStringLiteral("2"));
    EXPECT_EQ(one.stores().size(), 2U) << "what is aboard needs no stop";
    EXPECT_EQ(one.load().front().from, id<model::ResourceId>(20));
    EXPECT_EQ(plan().shown({}).size(), 2U) << "what is asked for";
    EXPECT_EQ(plan().shown(QStringLiteral("wat dep")).size(), 3U) << "and what is looked for";
}

class PlanByHandTest : public test::PanelTest {
  protected:
    PlanByHandTest() : panel(ui) {
        panel.resize(416, 1000);
        panel.show();
        selection.select(id<model::IncidentId>(1));
    }
    template <typename Widget = QAbstractButton>
    [[nodiscard]] Widget* find(const char* name) const {
        for (auto* found : panel.findChildren<Widget*>(QString::fromLatin1(name))) {
            if (found->isVisibleTo(&panel))
                return found;
        }
        return nullptr;
    }
    QDialog* dialog(const char* name) {
        QCoreApplication::processEvents();
        return panel.findChild<QDialog*>(QString::fromLatin1(name));
    }
    QDialog* finder() {
        find("addToPlanButton")->click();
        return dialog("handFinder");
    }
    static int look(QDialog& finder, const char* words) {
        finder.findChild<QLineEdit*>("handFind")->setText(QString::fromUtf8(words));
        return finder.findChild<QListView*>("handList")->model()->rowCount();
    }
    void bringSand(double quantity) {
        auto& truck = desk.scene().state.resources[id<model::ResourceId>(20)];
        truck.id = id<model::ResourceId>(20);
        truck.kind = model::ResourceKind::vehicle;
        truck.name = test::both("Truck", "卡车");
        truck.position = truck.home = model::Position::trusted(47.13, 9.52);
        truck.positionTime = desk.now() - std::chrono::minutes(3);
        truck.place = test::both("Vaduz", "瓦杜兹");
        truck.people = 2;
        truck.status = model::ResourceStatus::available;
        truck.vehicle.emplace();
        truck.vehicle->loadKilograms = 5000;
        desk.scene().state.resources.at(store).stock[0].kilograms = 10;
        dispatch::Answer answer;
        answer.focus = id<model::IncidentId>(1);
        answer.factsAt = desk.now();
        answer.considered = 1;
        auto& need = answer.needs.emplace_back();
        need.incident = id<model::IncidentId>(1);
        need.need.kind = model::NeedKind::supply;
        need.need.supply = "3010100";
        need.need.unit = "pcs";
        need.need.amount = need.open = quantity;
        auto& choice = need.chosen.emplace_back();
        choice.resource = truck.id;
        choice.eta = base::Seconds(1200);
        choice.load = {{store, "3010100", "Sandbags", quantity, "pcs"}};
        choice.stops = {{truck.position, "store", store, base::Seconds(300)}, {truck.position, "there", std::nullopt, base::Seconds(1200)}};
        emit desk.recommended(std::make_shared<const dispatch::Answer>(answer));
        QCoreApplication::processEvents();
    }
    const model::ResourceId store{id<model::ResourceId>(9)};
    DetailPanel panel;
};

TEST_F(PlanByHandTest, anybodyIsFoundClaimedAndAddedWithAReason) {
    auto* dialog = finder();
    ASSERT_NE(dialog, nullptr);
    EXPECT_EQ(look(*dialog, ""), static_cast<int>(desk.state().resources.size())) << "all of them";
    EXPECT_EQ(look(*dialog, "muhleholz"), 1) << "without its accent";
    EXPECT_EQ(look(*dialog, "水文"), 1) << "in Chinese";
    EXPECT_EQ(look(*dialog, "expert hydro"), 1) << "by kind and skill";
    dialog->findChild<QAbstractButton*>("handAdd")->click();
    QCoreApplication::processEvents();
    const auto claims = std::count_if(desk.sent.begin(), desk.sent.end(), [](const desk::CommandBody& body) {
        const auto* claim = body.as<desk::ClaimResources>();
        return claim != nullptr && claim->resources == std::vector{id<model::ResourceId>(10)} && !claim->release;
    });
    EXPECT_EQ(claims, 1) << "nobody else can take it meanwhile";
    ASSERT_NE(find("candidate4"), nullptr) << "after those offered";
    EXPECT_TRUE(find("candidate4")->isChecked());
    EXPECT_TRUE(find("candidate4")->accessibleDescription().contains(QStringLiteral("added by hand")))
        << find("candidate4")->accessibleDescription().toStdString();
    panel.sendTeams();
    EXPECT_EQ(desk.lastSent<desk::SendPlan>(), nullptr) << "a reason is wanted";
    find<QLineEdit>("reasonEdit")->setText(QStringLiteral("knows the river"));
    panel.sendTeams();
    const auto* sent = desk.lastSent<desk::SendPlan>();
    ASSERT_NE(sent, nullptr);
    ASSERT_EQ(sent->decision.lines.size(), 4U);
    const auto& line = sent->decision.lines.back();
    EXPECT_EQ(line.resource, id<model::ResourceId>(10));
    EXPECT_TRUE(line.byHand);
    EXPECT_FALSE(line.recommended);
    EXPECT_EQ(line.need.capability, "") << "who lacks the skill helps with the whole";
    EXPECT_EQ(line.obstacle, "lacks-capability");
    EXPECT_EQ(line.reason, "knows the river");
}

TEST_F(PlanByHandTest, theCardSaysWhichStoreItLeavesBelowItsMinimum) {
    auto& stock = desk.scene().state.resources.at(store).stock[0];
    stock.quantity = 1000;
    stock.reserved = 100;
    stock.minimum = 600;
    bringSand(300);
    EXPECT_FALSE(find("candidate0")->accessibleDescription().contains(QStringLiteral("minimum")));
    stock.minimum = 601;
    bringSand(300);
    EXPECT_TRUE(find("candidate0")->accessibleDescription().simplified().contains(QStringLiteral("keeps 600 pcs, below its minimum of 601 pcs")))
        << find("candidate0")->accessibleDescription().toStdString();
}

TEST_F(PlanByHandTest, whoeverServesTheNeedClosesIt) {
    auto* dialog = finder();
    EXPECT_EQ(look(*dialog, "water rescue 1"), 1);
    dialog->findChild<QAbstractButton*>("handAdd")->click();
    QCoreApplication::processEvents();
    find<QLineEdit>("reasonEdit")->setText(QStringLiteral("near"));
    panel.sendTeams();
    const auto* sent = desk.lastSent<desk::SendPlan>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->decision.lines.back().need.capability, "water-rescue");
    EXPECT_EQ(sent->decision.lines.back().obstacle, "");
    EXPECT_TRUE(sent->decision.unmet.empty()) << "the boats were all that was missing";
}

TEST_F(PlanByHandTest, whoCannotBeSentIsShownAndRefusedInWords) {
    auto* dialog = finder();
    ASSERT_EQ(look(*dialog, "balzers brigade"), 1);
    dialog->findChild<QAbstractButton*>("handAdd")->click();
    const auto* said = dialog->findChild<QLabel*>("handSaid");
    EXPECT_TRUE(said->text().contains(QStringLiteral("cannot be sent: out of service"))) << said->text().toStdString();
    EXPECT_EQ(desk.lastSent<desk::ClaimResources>(), nullptr) << "nothing is claimed";
    ASSERT_EQ(look(*dialog, "triesen brigade 3"), 1);
    dialog->findChild<QAbstractButton*>("handAdd")->click();
    EXPECT_TRUE(said->text().contains(QStringLiteral("in the plan already"))) << said->text().toStdString();
    look(*dialog, "hydrologist");
    desk.refuseNext = base::Error{base::Code::conflict, "Beat is deciding about Dr. R. Frick just now", {}};
    dialog->findChild<QAbstractButton*>("handAdd")->click();
    EXPECT_TRUE(said->text().contains(QStringLiteral("Beat is deciding"))) << said->text().toStdString();
    desk.noWay = base::Error{base::Code::unavailable, "no way leads there", {}};
    dialog->findChild<QAbstractButton*>("handAdd")->click();
    EXPECT_TRUE(said->text().contains(QStringLiteral("no way leads there")));
    const auto* last = desk.lastSent<desk::ClaimResources>();
    ASSERT_NE(last, nullptr);
    EXPECT_TRUE(last->release) << "others may have it again";
    EXPECT_EQ(find("candidate4"), nullptr);
}

TEST_F(PlanByHandTest, DeleteTakesOutOfThePlanAndInsertAdds) {
    QTest::keyClick(find("candidate0"), Qt::Key_Insert);
    auto* opened = dialog("handFinder");
    ASSERT_NE(opened, nullptr) << "by the key";
    look(*opened, "hydrologist");
    opened->findChild<QAbstractButton*>("handAdd")->click();
    QCoreApplication::processEvents();
    ASSERT_NE(find("candidate4"), nullptr);
    QTest::keyClick(find("candidate4"), Qt::Key_Delete);
    QCoreApplication::processEvents();
    EXPECT_EQ(find("candidate4"), nullptr);
    const bool freed = std::any_of(desk.sent.begin(), desk.sent.end(), [](const desk::CommandBody& body) {
        const auto* claim = body.as<desk::ClaimResources>();
        return claim != nullptr && claim->release && claim->resources == std::vector{id<model::ResourceId>(10)};
    });
    EXPECT_TRUE(freed);
    QTest::keyClick(find("candidate0"), Qt::Key_Delete);
    QCoreApplication::processEvents();
    EXPECT_FALSE(find("candidate0")->isChecked()) << "one that is offered stays to be taken again";
}

TEST_F(PlanByHandTest, howManyGoToAShelterIsTypedAndHeldAgainstItsPlaces) {
    auto* opened = finder();
    ASSERT_EQ(look(*opened, "muhleholz"), 1);
    opened->findChild<QAbstractButton*>("handAdd")->click();
    QDialog* form = dialog("shelterForm");
    ASSERT_NE(form, nullptr);
    EXPECT_TRUE(form->findChild<QLabel*>("shelterPlaces")->text().startsWith(QStringLiteral("350 places: 24 taken")))
        << form->findChild<QLabel*>("shelterPlaces")->text().toStdString();
    auto* people = form->findChild<QLineEdit*>("shelterPeople");
    auto* take = form->findChild<QAbstractButton*>("shelterTake");
    EXPECT_EQ(people->text(), QStringLiteral("326")) << "all that is free, where no need says how many";
    for (const char* text : {"", "0", "-3", "12,5", "12.5", "many", "327", "99999999999999999999"}) {
        people->setText(QString::fromLatin1(text));
        EXPECT_FALSE(take->isEnabled()) << text;
        EXPECT_FALSE(form->findChild<QLabel*>("shelterFault")->text().isEmpty()) << text;
    }
    people->setText(QString::fromUtf8("１２０"));
    EXPECT_TRUE(take->isEnabled()) << "as a Chinese keyboard gives it";
    desk.scene().state.resources.at(id<model::ResourceId>(8)).occupied = 300;
    desk.tellAll();
    EXPECT_FALSE(take->isEnabled()) << "places were taken meanwhile";
    desk.scene().state.resources.at(id<model::ResourceId>(8)).occupied = 349;
    desk.tellAll();
    EXPECT_EQ(form->findChild<QLabel*>("shelterFault")->text(), QStringLiteral("1 place is free there, not 120."));
    desk.scene().state.resources.at(id<model::ResourceId>(8)).occupied = 24;
    desk.tellAll();
    take->click();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCoreApplication::processEvents();
    ASSERT_NE(find("candidate4"), nullptr);
    EXPECT_TRUE(find("candidate4")->accessibleDescription().contains(QStringLiteral("120")))
        << find("candidate4")->accessibleDescription().toStdString();
    QTest::keyClick(find("candidate4"), Qt::Key_Return);
    form = dialog("shelterForm");
    ASSERT_NE(form, nullptr) << "by the key, to be changed";
    EXPECT_EQ(form->findChild<QLineEdit*>("shelterPeople")->text(), QStringLiteral("120"));
    form->findChild<QLineEdit*>("shelterPeople")->setText(QStringLiteral("80"));
    form->findChild<QAbstractButton*>("shelterTake")->click();
    QCoreApplication::processEvents();
    find<QLineEdit>("reasonEdit")->setText(QStringLiteral("it is on high ground"));
    panel.sendTeams();
    const auto* sent = desk.lastSent<desk::SendPlan>();
    ASSERT_NE(sent, nullptr);
    const auto& line = sent->decision.lines.back();
    EXPECT_EQ(line.purpose, model::Purpose::shelter);
    EXPECT_EQ(line.people, 80);
    EXPECT_EQ(line.insteadPeople, 0) << "nothing was recommended";
    EXPECT_TRUE(line.byHand);
}

TEST_F(PlanByHandTest, aNumberThatWasRecommendedStandsBesideTheOneThatIsTyped) {
    dispatch::Answer answer;
    answer.focus = id<model::IncidentId>(1);
    answer.factsAt = desk.now();
    answer.considered = 1;
    auto& need = answer.needs.emplace_back();
    need.incident = id<model::IncidentId>(1);
    need.need.kind = model::NeedKind::shelter;
    need.need.quantity = 60;
    need.open = 60;
    auto& choice = need.chosen.emplace_back();
    choice.resource = id<model::ResourceId>(8);
    choice.people = 60;
    choice.eta = base::Seconds(600);
    emit desk.recommended(std::make_shared<const dispatch::Answer>(answer));
    QCoreApplication::processEvents();
    QTest::keyClick(find("candidate0"), Qt::Key_Return);
    auto* form = dialog("shelterForm");
    ASSERT_NE(form, nullptr);
    form->findChild<QLineEdit*>("shelterPeople")->setText(QStringLiteral("45"));
    EXPECT_TRUE(form->findChild<QLabel*>("shelterMet")->text().contains(QStringLiteral("15 missing")));
    form->findChild<QAbstractButton*>("shelterTake")->click();
    QCoreApplication::processEvents();
    find<QLineEdit>("reasonEdit")->setText(QStringLiteral("half is under repair"));
    panel.sendTeams();
    const auto* sent = desk.lastSent<desk::SendPlan>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->decision.lines.front().people, 45);
    EXPECT_EQ(sent->decision.lines.front().insteadPeople, 60);
    ASSERT_EQ(sent->decision.unmet.size(), 1U);
    EXPECT_EQ(sent->decision.unmet[0].missing, 15);
}

TEST_F(PlanByHandTest, aLoadIsChangedJudgedAndKeptWithWhatWasRecommended) {
    bringSand(300);
    QTest::keyClick(find("candidate0"), Qt::Key_Return);
    auto* editor = dialog("loadEditor");
    ASSERT_NE(editor, nullptr);
    auto* field = editor->findChild<QLineEdit*>("quantity0");
    const auto* fault = editor->findChild<QLabel*>("loadFault");
    auto* take = editor->findChild<QAbstractButton*>("loadTake");
    ASSERT_EQ(field->text(), QStringLiteral("300"));
    EXPECT_TRUE(take->isEnabled());
    for (const char* text : {"-5", "", "12,5", "1e308", "600", "1600"}) {
        field->setText(QString::fromLatin1(text));
        EXPECT_FALSE(take->isEnabled()) << text;
        EXPECT_FALSE(fault->text().isEmpty()) << text;
    }
    field->setText(QStringLiteral("200"));
    EXPECT_TRUE(take->isEnabled());
    EXPECT_TRUE(editor->findChild<QLabel*>("loadMet")->text().contains(QStringLiteral("100 missing")));
    take->click();
    QCoreApplication::processEvents();
    ASSERT_FALSE(desk.waysByHand.empty());
    EXPECT_EQ(desk.waysByHand.back().stores, std::vector{store});
    EXPECT_TRUE(find("candidate0")->accessibleDescription().contains(QStringLiteral("changed by hand")));
    find<QLineEdit>("reasonEdit")->setText(QStringLiteral("keep some"));
    panel.sendTeams();
    const auto* sent = desk.lastSent<desk::SendPlan>();
    ASSERT_NE(sent, nullptr);
    const auto& line = sent->decision.lines.front();
    EXPECT_TRUE(line.byHand);
    EXPECT_FALSE(line.recommended);
    ASSERT_EQ(line.load.size(), 1U);
    EXPECT_EQ(line.load[0].quantity, 200);
    ASSERT_EQ(line.instead.size(), 1U);
    EXPECT_EQ(line.instead[0].quantity, 300);
    ASSERT_EQ(line.stops.size(), 2U);
    ASSERT_EQ(sent->decision.unmet.size(), 1U);
    EXPECT_EQ(sent->decision.unmet[0].missing, 100);
}

TEST_F(PlanByHandTest, aLoadAsRecommendedAgainIsNoChange) {
    bringSand(300);
    for (const char* text : {"200", "300"}) {
        QTest::keyClick(find("candidate0"), Qt::Key_Return);
        auto* editor = dialog("loadEditor");
        ASSERT_NE(editor, nullptr);
        editor->findChild<QLineEdit*>("quantity0")->setText(QString::fromLatin1(text));
        editor->findChild<QAbstractButton*>("loadTake")->click();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    panel.sendTeams();
    const auto* sent = desk.lastSent<desk::SendPlan>();
    ASSERT_NE(sent, nullptr) << "no reason is asked";
    EXPECT_TRUE(sent->decision.lines.front().recommended);
    EXPECT_FALSE(sent->decision.lines.front().byHand);
}

} // namespace
} // namespace tocsin::gui
