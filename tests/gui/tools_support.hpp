#pragma once

#include "gui/fake_bridge.hpp"
#include "tocsin/gui/language.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/tools/map_desk.hpp"

#include <QApplication>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>
#include <QVBoxLayout>
#include <gtest/gtest.h>

namespace tocsin::gui::test {

/// The stand-in desk, with drawings and a record of what was asked of the workers.
class ToolsBridge : public FakeBridge {
  public:
    struct ReachQuestion {
        std::vector<model::Position> places;
        route::ReachDirection direction;
        double seconds;
    };
    std::vector<ReachQuestion> reachAsked;
    std::vector<std::function<void()>> held; ///< answers that wait, if hold is set
    bool hold{false};

    void reachAround(std::vector<model::Position> places, route::ReachDirection direction, base::Seconds most, QObject*,
                     std::function<void(Reached)> answer) override {
        reachAsked.push_back({std::move(places), direction, most.value});
        route::ReachedRoad road;
        road.line = {reachAsked.back().places.empty() ? model::Position{} : reachAsked.back().places.front(),
                     model::Position::trusted(47.13, 9.52)};
        road.atEnd = base::Seconds(400);
        auto roads = std::make_shared<const std::vector<route::ReachedRoad>>(std::vector{road});
        if (hold)
            held.push_back([answer, roads] { answer(roads); });
        else
            answer(roads);
    }

    void send(desk::CommandBody body, QObject* context = nullptr, Answer answer = {}) override {
        if (const auto* put = body.as<desk::PutDrawing>(); put != nullptr && !refuseNext) {
            sent.push_back(body);
            model::Drawing drawing = put->drawing;
            if (drawing.id.isNull())
                drawing.id = id<model::DrawingId>(++lastDrawing);
            drawing.drawnAt = time;
            scene().state.drawings[drawing.id] = drawing;
            desk::Done done;
            done.ids.push_back(drawing.id.toString());
            if (answer)
                answer(done);
            Changes changes;
            changes.drawings.insert(drawing.id);
            emit changed(changes);
            return;
        }
        if (const auto* remove = body.as<desk::RemoveDrawing>(); remove != nullptr && !refuseNext) {
            sent.push_back(body);
            scene().state.drawings[remove->drawing].removedAt = time;
            if (answer)
                answer(desk::Done{});
            Changes changes;
            changes.drawings.insert(remove->drawing);
            emit changed(changes);
            return;
        }
        FakeBridge::send(std::move(body), context, std::move(answer));
    }
    unsigned lastDrawing{500};
};

/// A map with its tools in a window, over the stand-in desk.
class ToolsTest : public testing::Test {
  protected:
    ToolsTest() {
        Words::useZone(QTimeZone("Europe/Vaduz"));
        auto* column = new QVBoxLayout(&window);
        column->setContentsMargins(0, 0, 0, 0);
        view = new MapView(ui, nullptr, &window);
        column->addWidget(view);
        window.resize(1000, 720);
        window.show();
        QApplication::setActiveWindow(&window);
        view->setView(model::Position::trusted(47.1265, 9.5180), 13.5);
    }
    ~ToolsTest() override {
        tools.reset();
        delete view;
    }
    void open(PlaceKnowledge knowledge = {}) {
        tools = std::make_unique<MapDesk>(ui, *view, std::move(knowledge), ini(), &window);
        settle();
    }
    [[nodiscard]] std::filesystem::path ini() const {
        return folder.filePath(QStringLiteral("window.ini")).toStdString();
    }
    static void settle() {
        for (int i = 0; i < 8; ++i)
            QApplication::processEvents();
    }
    template <typename Check>
    [[nodiscard]] static bool until(Check check) {
        return QTest::qWaitFor(check, 10'000);
    }
    void speak(const QString& code_) {
        language.set(code_);
        settle();
    }
    void mouse(QEvent::Type type, const QPointF& at, Qt::MouseButtons held = Qt::NoButton) {
        const bool move = type == QEvent::MouseMove;
        QMouseEvent event(type, at, view->mapToGlobal(at), move ? Qt::NoButton : Qt::LeftButton, held, {});
        QApplication::sendEvent(view, &event);
    }
    void click(const QPointF& at) {
        mouse(QEvent::MouseMove, at);
        mouse(QEvent::MouseButtonPress, at, Qt::LeftButton);
        mouse(QEvent::MouseButtonRelease, at);
    }
    void doubleClick(const QPointF& at) {
        click(at);
        mouse(QEvent::MouseButtonDblClick, at, Qt::LeftButton);
        mouse(QEvent::MouseButtonRelease, at);
    }
    void drag(const QPointF& from, const QPointF& to) {
        mouse(QEvent::MouseButtonPress, from, Qt::LeftButton);
        mouse(QEvent::MouseMove, (from + to) / 2, Qt::LeftButton);
        mouse(QEvent::MouseMove, to, Qt::LeftButton);
        mouse(QEvent::MouseButtonRelease, to);
    }
    void key(int k, Qt::KeyboardModifiers with = Qt::NoModifier) {
        QTest::keyClick(view, static_cast<Qt::Key>(k), with);
    }
    template <typename Widget = QWidget>
    [[nodiscard]] Widget* find(const char* name) const {
        for (auto* each : window.findChildren<Widget*>(QString::fromLatin1(name)))
            if (!each->isHidden())
                return each;
        return nullptr;
    }
    [[nodiscard]] model::Position at(double x, double y) const { return view->fromScreen({x, y}); }

    ToolsBridge desk;
    Theme theme{Theme::Look::dark};
    Selection selection;
    QString code{QStringLiteral("en")};
    Language language{code};
    UiContext ui{desk, theme, selection, code};
    QTemporaryDir folder;
    QWidget window;
    MapView* view{nullptr};
    std::unique_ptr<MapDesk> tools;
};

} // namespace tocsin::gui::test
