#include "gui/panels_support.hpp"
#include "tocsin/gui/panels/entry_sentence.hpp"

#include <nlohmann/json.hpp>

namespace tocsin::gui {
namespace {

using test::id;

class CallSentence : public test::PanelTest {
  protected:
    [[nodiscard]] QString of(const char* type, nlohmann::json data, const std::string& subject = "") const {
        model::Entry entry;
        entry.type = type;
        entry.time = desk.time;
        entry.data = std::move(data);
        entry.subject = subject;
        return entrySentence(entry, desk.state(), code);
    }
    [[nodiscard]] nlohmann::json image() const {
        nlohmann::json data = nlohmann::json::object();
        model::addChange(data, desk.state().reports.at(id<model::ReportId>(1)));
        return data;
    }
};

TEST_F(CallSentence, callsContactsSensorsAndQuarantineAreSaidInBothLanguages) {
    const std::string subject = id<model::ReportId>(1).toString();
    EXPECT_EQ(of("call.recorded", image(), subject),
              QStringLiteral("Call from Mühleholz recorded: “The stream is over the path”"));
    EXPECT_EQ(of("call.amended", image(), subject),
              QStringLiteral("Call from Mühleholz amended: “The stream is over the path”"));
    EXPECT_EQ(of("contact.shown", nlohmann::json::object(), subject),
              QStringLiteral("Looked at who told “The stream is over the path”"));
    EXPECT_EQ(of("quarantine.shown", {{"item", 7}, {"feed", "cap"}}),
              QStringLiteral("Looked at number 7 in quarantine, of CAP, which may say who reported"));
    EXPECT_EQ(of("quarantine.judged", {{"item", 7}, {"state", "dismissed"}, {"reason", "no time"}}),
              QStringLiteral("Number 7 in quarantine is wanted no more: no time"));
    EXPECT_EQ(of("quarantine.judged", {{"item", 7}, {"state", "taken"}}),
              QStringLiteral("Number 7 in quarantine was taken again"));
    EXPECT_EQ(of("quarantine.judged", {{"item", 7}, {"items", {7, 8, 9}}, {"state", "taken"}}),
              QStringLiteral("3 inputs in quarantine were taken again"));
    nlohmann::json one = {{"sensor", "nobody"}, {"time", base::formatTime(desk.time)}, {"before", 3.2}, {"value", 4.5}, {"unit", "m"}};
    nlohmann::json corrected = {{"feed", "cap"}, {"readings", nlohmann::json::array({one})}};
    const auto said = of("reading.corrected", corrected);
    EXPECT_TRUE(said.startsWith(QStringLiteral("nobody, "))) << said.toStdString();
    EXPECT_TRUE(said.contains(QStringLiteral("corrected as CAP says, 4.5"))) << said.toStdString();
    EXPECT_TRUE(said.contains(QStringLiteral("in place of 3.2"))) << said.toStdString();
    corrected["readings"][0]["value"] = 3.2001;
    EXPECT_TRUE(of("reading.corrected", corrected).contains(QStringLiteral("3.2001 in place of 3.2"))) << "what differs is seen";
    corrected["readings"].push_back(one);
    EXPECT_EQ(of("reading.corrected", corrected), QStringLiteral("2 readings corrected as CAP says, the first of nobody"));
    nlohmann::json sensors = {{"feed", "cap"}};
    model::addChange(sensors, desk.state().sensors.begin()->second);
    EXPECT_TRUE(of("sensor.adopted", sensors).startsWith(QStringLiteral("Sensor of CAP: ")));
    speak(QStringLiteral("zh_CN"));
    EXPECT_TRUE(of("call.recorded", image(), subject).contains(QString::fromUtf8("来电已登记")));
    EXPECT_TRUE(of("contact.shown", nlohmann::json::object(), subject).startsWith(QString::fromUtf8("查看了报告人")));
    speak(QStringLiteral("en"));
}

} // namespace
} // namespace tocsin::gui
