#include "gui/panels/photo_strip.hpp"
#include "gui/panels/report_view.hpp"
#include "gui/panels_support.hpp"
#include "tocsin/gui/place_desk.hpp"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QImage>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <algorithm>
#include <fstream>

namespace tocsin::gui {
namespace {

using test::id;

class ContactBridge : public test::FakeBridge {
  public:
    void send(desk::CommandBody body, QObject* context = nullptr, Answer answer = {}) override {
        if (body.as<desk::ShowContact>() == nullptr || refuseNext)
            return FakeBridge::send(std::move(body), context, std::move(answer));
        sent.push_back(body);
        desk::Done done;
        done.contact = model::Contact{"A. Ott", "+423 000 00 00", "ott@example.org", "Steg 7"};
        answer(done);
    }
};

class ReportViewTest : public testing::Test {
  protected:
    ReportViewTest() {
        Words::useZone(QTimeZone::utc());
        auto& report = desk.scene().state.reports.at(id<model::ReportId>(1));
        report.contact = {};
        report.hasContact = true;
        view.resize(416, 1'400);
    }
    model::Report& report() { return desk.scene().state.reports.at(id<model::ReportId>(1)); }
    void show(unsigned n = 1) {
        view.show(Selected{id<model::ReportId>(n)});
        view.QWidget::show();
        QCoreApplication::processEvents();
    }
    [[nodiscard]] bool reads(const QString& text) const {
        const auto labels = view.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisibleTo(&view) && label->text().contains(text);
        });
    }
    [[nodiscard]] QAbstractButton* who() const {
        return view.findChild<QAbstractButton*>(QStringLiteral("detailWhoButton"));
    }
    ContactBridge desk;
    Theme theme{Theme::Look::dark};
    Selection selection;
    QString code{QStringLiteral("en")};
    Language language{code};
    UiContext ui{desk, theme, selection, code};
    QTemporaryDir folder;
    ReportView view{ui, nullptr};
};

TEST_F(ReportViewTest, anAddressWithoutAPositionIsOfferedAPlaceThatOneKeyTakes) {
    const auto there = model::Position::trusted(47.13, 9.52);
    PlaceDesk places(theme,
                     [there](const QString& text, std::optional<model::Position>, std::size_t) {
                         return text.contains(QLatin1String("Aeulestrasse"))
                                    ? std::vector<FoundPlace>{{QStringLiteral("Aeulestrasse 5"), QStringLiteral("Vaduz"), there, 1}}
                                    : std::vector<FoundPlace>{};
                     },
                     {});
    UiContext knowing = ui;
    knowing.places = &places;
    ReportView own(knowing, nullptr);
    own.resize(416, 1'400);
    report().place = "Aeulestrasse 5, Vaduz";
    report().position.reset();
    own.QWidget::show();
    own.show(Selected{id<model::ReportId>(1)});
    auto* hint = own.findChild<QAbstractButton*>(QStringLiteral("detailPlaceHint"));
    ASSERT_NE(hint, nullptr);
    EXPECT_TRUE(hint->isHidden()) << "not before it is found";
    ASSERT_TRUE(QTest::qWaitFor([&] { return !hint->isHidden(); }));
    EXPECT_TRUE(hint->text().contains(QLatin1String("Aeulestrasse 5")));
    EXPECT_EQ(desk.lastSent<desk::PlaceReport>(), nullptr) << "never by itself";
    hint->click();
    const auto* placed = desk.lastSent<desk::PlaceReport>();
    ASSERT_NE(placed, nullptr);
    EXPECT_EQ(placed->report, id<model::ReportId>(1));
    EXPECT_EQ(placed->position, there);
    EXPECT_EQ(placed->how, "address");
    EXPECT_TRUE(hint->isHidden());
    report().position = there;
    own.show(Selected{id<model::ReportId>(2)});
    own.show(Selected{id<model::ReportId>(1)});
    QTest::qWait(0);
    EXPECT_TRUE(hint->isHidden()) << "it has its place";
}

TEST_F(ReportViewTest, aCallCanBeAmendedAndACitizensReportNot) {
    auto* amend = view.findChild<QAbstractButton*>(QStringLiteral("detailAmendCallButton"));
    report().feed = "phone page";
    report().senderPosition = model::Position::trusted(47.2, 9.6);
    show();
    EXPECT_FALSE(amend->isVisibleTo(&view));
    EXPECT_TRUE(reads(QStringLiteral("The sender stood")));
    report().feed = "call";
    report().call = model::CallRecord{};
    show(2);
    show();
    EXPECT_TRUE(amend->isVisibleTo(&view));
    model::ReportId wanted;
    QObject::connect(&view, &ReportView::amendWanted, &view, [&](const model::ReportId& call) { wanted = call; });
    amend->click();
    EXPECT_EQ(wanted, id<model::ReportId>(1));
}

TEST_F(ReportViewTest, allOfACallsRecordIsShown) {
    report().trust = model::Trust::known;
    report().call = model::CallRecord{"heavy rain", "rising since two", "sandbags", "holding", "getting worse", "police",
                                      "Steg village", "grid member", 0, 2, std::nullopt, "M. Keller", desk.time};
    show();
    for (const char* text : {"Call to the desk", "heavy rain", "rising since two", "sandbags", "holding", "getting worse",
                             "police", "Steg village", "grid member", "M. Keller", "◆ known source"})
        EXPECT_TRUE(reads(QString::fromUtf8(text))) << text;
    const auto labels = view.findChildren<QLabel*>();
    EXPECT_TRUE(std::any_of(labels.begin(), labels.end(),
                            [](const QLabel* l) { return l->accessibleName() == QStringLiteral("Injured: 2"); }));
    EXPECT_TRUE(std::any_of(labels.begin(), labels.end(),
                            [](const QLabel* l) { return l->accessibleName() == QStringLiteral("Dead: 0"); }))
        << "none is something else than not said";
    EXPECT_FALSE(std::any_of(labels.begin(), labels.end(),
                             [](const QLabel* l) { return l->accessibleName().startsWith(QStringLiteral("Missing")); }));
    language.set(QStringLiteral("zh_CN"));
    view.words();
    EXPECT_TRUE(reads(QString::fromUtf8("值班来电")));
    EXPECT_TRUE(reads(QString::fromUtf8("已知来源")));
    language.set(QStringLiteral("en"));
}

TEST_F(ReportViewTest, trustIsAWordAndAShapeAndTheSendersStatusIsShown) {
    report().status = "open";
    show();
    EXPECT_TRUE(reads(QStringLiteral("○ unverified source")));
    EXPECT_TRUE(reads(QStringLiteral("open")));
    report().trust = model::Trust::official;
    view.words();
    EXPECT_TRUE(reads(QStringLiteral("■ official")));
    EXPECT_FALSE(reads(QStringLiteral("Record of the call"))) << "it is no call";
}

TEST_F(ReportViewTest, whoToldItIsShownOnlyWhenAskedFor) {
    show();
    EXPECT_FALSE(reads(QStringLiteral("Ott")));
    EXPECT_TRUE(reads(QStringLiteral("Looking is written to the duty log.")));
    ASSERT_TRUE(who()->isVisible());
    who()->click();
    const auto* asked = desk.lastSent<desk::ShowContact>();
    ASSERT_NE(asked, nullptr);
    EXPECT_EQ(asked->report, id<model::ReportId>(1));
    for (const char* text : {"A. Ott", "+423 000 00 00", "ott@example.org", "Steg 7"})
        EXPECT_TRUE(reads(QString::fromLatin1(text))) << text;
    EXPECT_FALSE(who()->isVisible());
    desk.scene().state.desk.onDuty = "B. Frick";
    Changes shift;
    shift.desk = true;
    view.take(shift);
    EXPECT_FALSE(reads(QStringLiteral("A. Ott"))) << "another sits here by now";
    who()->click();
    EXPECT_TRUE(reads(QStringLiteral("A. Ott")));
    show(2);
    EXPECT_FALSE(reads(QStringLiteral("A. Ott"))) << "another report is another person's";
    show(1);
    EXPECT_FALSE(reads(QStringLiteral("A. Ott"))) << "to be asked for again, and written down again";
}

TEST_F(ReportViewTest, aRefusalIsShownInTheDesksWords) {
    show();
    desk.refuseNext = base::Error{base::Code::refused, "M. Keller may not see who told a report", {}};
    who()->click();
    EXPECT_TRUE(reads(QStringLiteral("M. Keller may not see who told a report")));
    EXPECT_FALSE(reads(QStringLiteral("A. Ott")));
    EXPECT_TRUE(who()->isEnabled()) << "somebody else may be on duty by then";
}

TEST_F(ReportViewTest, nobodyLeftAContact) {
    report().hasContact = false;
    show();
    EXPECT_FALSE(who()->isVisible());
    EXPECT_TRUE(reads(QStringLiteral("no contact given")));
}

TEST_F(ReportViewTest, photosAreSmallThenLargeAndAMissingOneSaysSo) {
    const std::string here(64, 'a');
    const std::string gone(64, 'b');
    QImage picture(640, 480, QImage::Format_RGB32);
    picture.fill(Qt::darkCyan);
    ASSERT_TRUE(picture.save(folder.filePath(QString::fromStdString(here) + QStringLiteral(".jpg")), "JPG"));
    report().photos = {{here, 640, 480, model::Position::trusted(47.1, 9.5), desk.time}, {gone, 10, 10, {}, {}}};
    view.setPhotos(folder.path().toStdString());
    show();
    auto* strip = view.findChild<PhotoStrip*>();
    ASSERT_NE(strip, nullptr);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !strip->isLoading(); }, 10'000));
    auto* first = strip->findChild<QToolButton*>(QStringLiteral("photo0"));
    auto* second = strip->findChild<QToolButton*>(QStringLiteral("photo1"));
    EXPECT_TRUE(first->isEnabled());
    EXPECT_FALSE(first->icon().isNull());
    EXPECT_TRUE(first->accessibleName().contains(QStringLiteral("Photo 1 of 2")));
    EXPECT_FALSE(second->isEnabled());
    EXPECT_TRUE(second->text().contains(QStringLiteral("missing")));
    first->click();
    auto* large = view.findChild<QDialog*>(QStringLiteral("photoDialog"));
    ASSERT_NE(large, nullptr);
    auto* label = large->findChild<QLabel*>();
    EXPECT_TRUE(QTest::qWaitFor([&] { return !label->pixmap().isNull(); }, 10'000));
    EXPECT_EQ(label->pixmap().width(), 640);
}

TEST(PhotoFiles, noDigestLeavesTheFolderAndNoBadFileIsRead) {
    model::Photo photo;
    for (const char* wrong : {"", "../../etc/passwd", "ABCDEF", "aa/bb"}) {
        photo.sha256 = wrong;
        EXPECT_TRUE(photoFile("/photos", photo).empty()) << wrong;
    }
    photo.sha256 = std::string(64, 'A');
    EXPECT_TRUE(photoFile("/photos", photo).empty());
    photo.sha256 = std::string(63, 'a') + "/";
    EXPECT_TRUE(photoFile("/photos", photo).empty());
    photo.sha256 = std::string(64, 'a');
    EXPECT_EQ(photoFile("/photos", photo), std::filesystem::path("/photos") / (photo.sha256 + ".jpg"));
    EXPECT_TRUE(photoFile({}, photo).empty());
    QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "x.jpg";
    EXPECT_TRUE(readPhoto(file, {10, 10}).isNull());
    std::ofstream(file) << "\xff\xd8\xff\xe0 no picture";
    EXPECT_TRUE(readPhoto(file, {10, 10}).isNull());
    EXPECT_TRUE(readPhoto(folder.path().toStdString(), {10, 10}).isNull());
}

} // namespace
} // namespace tocsin::gui
