// What an order says: on the screen, by short message and by radio.
#include "gui/dispatch/task_order.hpp"
#include "gui/dispatch_support.hpp"
#include "tocsin/gui/panels/words.hpp"

namespace tocsin::gui {
namespace {

using test::id;

class TaskOrderTest : public test::DispatchTest {};

TEST(Sms, IsCountedAsTheNetworkDoes) {
    EXPECT_EQ(countSms(QString(160, QLatin1Char('a'))).parts, 1);
    EXPECT_EQ(countSms(QString(161, QLatin1Char('a'))).parts, 2);
    EXPECT_EQ(countSms(QString(306, QLatin1Char('a'))).parts, 2);
    EXPECT_EQ(countSms(QString(307, QLatin1Char('a'))).parts, 3);
    EXPECT_EQ(countSms(QStringLiteral("[]")).units, 4); // each needs an escape
    EXPECT_FALSE(countSms(QString::fromUtf8("Mühleholz é")).unicode);
    EXPECT_TRUE(countSms(QString::fromUtf8("莱茵河")).unicode);
    EXPECT_EQ(countSms(QString(70, QChar(0x6c34))).parts, 1);
    EXPECT_EQ(countSms(QString(71, QChar(0x6c34))).parts, 2);
    EXPECT_EQ(countSms(QString(135, QChar(0x6c34))).parts, 3);
}

TEST_F(TaskOrderTest, AnOrderSaysAllInBothLanguages) {
    auto& a = assignment(1);
    a.order = "2026-0147/3";
    a.load = {{id<model::ResourceId>(9), "3010100", test::both("Sandbags", "沙袋"), 400, "pcs"}};
    a.stops = {{model::Position::trusted(47.133, 9.517), test::both("Store Vaduz", "瓦杜兹库"), std::nullopt, base::Seconds(120)},
               {model::Position::trusted(47.129, 9.5115), test::both("Dyke km 54.2", "堤 54.2"), std::nullopt, base::Seconds(380)}};
    const TaskOrder english(state(), a.id, QStringLiteral("en"), now());
    for (const char* part : {"2026-0147/3", "dyke defence", "47.12900, 9.51150", "via Store Vaduz", "400 pcs Sandbags", "M. Keller"})
        EXPECT_TRUE(english.text().contains(QString::fromUtf8(part))) << part << " in\n" << english.text().toStdString();
    EXPECT_EQ(countSms(english.sms()).parts, 1) << english.sms().toStdString();
    EXPECT_LE(english.sms().size(), 160);
    EXPECT_TRUE(english.sms().contains(QStringLiteral("47.1290,9.5115")));
    const TaskOrder chinese(state(), a.id, QStringLiteral("zh_CN"), now());
    for (const char* part : {"任务单", "沙袋", "坐标", "瓦杜兹库"})
        EXPECT_TRUE(chinese.text().contains(QString::fromUtf8(part))) << part << " in\n" << chinese.text().toStdString();
    EXPECT_EQ(countSms(chinese.sms()).parts, 1) << chinese.sms().toStdString();
    EXPECT_GE(chinese.radio().size(), 5);
    for (const QString& line : english.radio())
        EXPECT_LE(line.size(), 90) << line.toStdString();
    EXPECT_TRUE(TaskOrder(state(), id<model::AssignmentId>(99), code, now()).empty());
}

TEST_F(TaskOrderTest, AShelterIsToldWhencePeopleComeAndNotToGoThere) {
    auto& a = assignment(1);
    a.purpose = model::Purpose::shelter;
    a.people = 40;
    a.stops = {{model::Position::trusted(47.2, 9.53), test::both("Mühleholz school hall", "米勒霍尔茨学校体育馆"), std::nullopt, base::Seconds(300)}};
    auto& incident = state().incidents.at(a.incident);
    incident.place = test::both("Städtle, Vaduz", "瓦杜兹");
    const TaskOrder order(state(), a.id, QStringLiteral("en"), now());
    EXPECT_TRUE(order.text().contains(QStringLiteral("Place: Mühleholz school hall"))) << order.text().toStdString();
    EXPECT_TRUE(order.text().contains(QStringLiteral("People come from: Städtle, Vaduz"))) << order.text().toStdString();
    EXPECT_FALSE(order.text().contains(QStringLiteral("WGS 84"))) << "it goes nowhere";
    const QString radio = order.radio().join(QLatin1Char('\n'));
    EXPECT_TRUE(radio.contains(QStringLiteral("People come from Städtle, Vaduz."))) << radio.toStdString();
    EXPECT_FALSE(radio.contains(QStringLiteral("Go to"))) << radio.toStdString();
    EXPECT_FALSE(radio.contains(QStringLiteral("North"))) << radio.toStdString();
    EXPECT_TRUE(order.sms().contains(QStringLiteral("take in 40 people"))) << order.sms().toStdString();
    EXPECT_TRUE(order.sms().contains(QStringLiteral("people come from Städtle, Vaduz"))) << order.sms().toStdString();
    EXPECT_FALSE(order.sms().contains(QStringLiteral("47."))) << order.sms().toStdString();
}

TEST_F(TaskOrderTest, TheDriverIsToldOfEachLoadOrHowManyAreLeftOut) {
    auto& a = assignment(1);
    a.purpose = model::Purpose::supply;
    const auto load = [&](const char* name, const char* chinese) {
        a.load.push_back({id<model::ResourceId>(9), "3010100", test::both(name, chinese), 400, "pcs"});
    };
    load("Sandbags", "沙袋");
    load("Pumps", "水泵");
    load("Blankets", "毛毯");
    for (const char* language : {"en", "zh_CN"}) {
        const TaskOrder order(state(), a.id, QString::fromLatin1(language), now());
        for (const auto& item : a.load)
            EXPECT_TRUE(order.sms().contains(QString::fromStdString(item.name.in(language)))) << order.sms().toStdString();
        EXPECT_LE(countSms(order.sms()).parts, 3);
    }
    for (int i = 0; i < 40; ++i)
        load("Tarpaulins of ten by twelve metres", "十米乘十二米防水布");
    const QString sms = TaskOrder(state(), a.id, QStringLiteral("en"), now()).sms();
    EXPECT_LE(countSms(sms).parts, 3);
    EXPECT_TRUE(sms.contains(QStringLiteral(" more, ask"))) << sms.toStdString();
}

TEST_F(TaskOrderTest, AnOrderHasTheCountysNameOfACapabilityInItsOwnLanguage) {
    auto& a = assignment(1);
    a.purpose = model::Purpose::team;
    a.capability = "uav-recon";
    EXPECT_TRUE(TaskOrder(state(), a.id, QStringLiteral("en"), now()).text().contains(QStringLiteral("uav recon")));
    Words::useCapabilities({{"uav-recon", test::both("Drone scouts", "无人机侦察")}}, QStringLiteral("en"));
    const TaskOrder english(state(), a.id, QStringLiteral("en"), now());
    const TaskOrder chinese(state(), a.id, QStringLiteral("zh_CN"), now());
    Words::useCapabilities({}, {});
    EXPECT_TRUE(english.text().contains(QStringLiteral("Drone scouts"))) << english.text().toStdString();
    EXPECT_TRUE(english.sms().contains(QStringLiteral("Drone scouts"))) << english.sms().toStdString();
    EXPECT_TRUE(chinese.text().contains(QStringLiteral("无人机侦察"))) << chinese.text().toStdString();
}

} // namespace
} // namespace tocsin::gui
