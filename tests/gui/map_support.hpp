#pragma once

#include "gui/fake_bridge.hpp"
#include "tocsin/gui/map_view.hpp"

#include <QApplication>
#include <QImage>
#include <QMouseEvent>
#include <gtest/gtest.h>
#include <algorithm>

namespace tocsin::gui::test {

/// A map without a base map over a desk without a desk.
class MapFixture : public ::testing::Test {
  protected:
    explicit MapFixture(Scene scene = fakeScene()) : desk(std::move(scene)), view(UiContext{desk, theme, selection, language}, nullptr) {
        view.resize(1000, 700);
        view.show();
        view.setView(model::Position::trusted(47.1265, 9.5180), 13.5);
        settle();
    }
    void settle() {
        for (int i = 0; i < 500 && !view.isComplete(); ++i)
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QApplication::processEvents();
        shown = view.grab().toImage();
    }
    void told() {
        desk.tellAll();
        settle();
    }
    void send(QEvent::Type type, const QPointF& at, Qt::MouseButton button = Qt::LeftButton,
              Qt::MouseButtons held = Qt::NoButton) {
        QMouseEvent event(type, at, view.mapToGlobal(at), button, held, Qt::NoModifier);
        QApplication::sendEvent(&view, &event);
    }
    void click(const QPointF& at) {
        send(QEvent::MouseButtonPress, at, Qt::LeftButton, Qt::LeftButton);
        send(QEvent::MouseButtonRelease, at);
    }
    void drag(const QPointF& from, const QPointF& to) {
        send(QEvent::MouseButtonPress, from, Qt::LeftButton, Qt::LeftButton);
        send(QEvent::MouseMove, to, Qt::NoButton, Qt::LeftButton);
        send(QEvent::MouseButtonRelease, to);
    }
    void press(int key) {
        QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
        QApplication::sendEvent(&view, &event);
    }
    [[nodiscard]] LayerInfo layer(const char* name) const {
        const auto all = view.layers();
        const auto found = std::find_if(all.begin(), all.end(),
                                        [&](const LayerInfo& each) { return each.name == QLatin1String(name); });
        return found == all.end() ? LayerInfo{} : *found;
    }
    template <typename Change>
    void change(const char* name, Change apply) {
        LayerSet set = view.layerSet();
        for (LayerSet::Layer& each : set.layers)
            if (each.name == QLatin1String(name))
                apply(each);
        view.setLayerSet(set);
        settle();
    }
    [[nodiscard]] QPointF at(double latitude, double longitude) const {
        return view.toScreen(model::Position::trusted(latitude, longitude));
    }
    [[nodiscard]] QPointF incidentAt(unsigned number) const {
        return view.toScreen(desk.state().incidents.at(id<model::IncidentId>(number)).position);
    }
    /// How many pixels of a part differ.
    [[nodiscard]] static int differing(const QImage& a, const QImage& b, const QRect& part) {
        int count = 0;
        for (int y = part.top(); y <= part.bottom(); ++y)
            for (int x = part.left(); x <= part.right(); ++x)
                count += a.pixel(x, y) != b.pixel(x, y) ? 1 : 0;
        return count;
    }

    FakeBridge desk;
    Theme theme{Theme::Look::dark};
    Selection selection;
    QString language{"en"};
    MapView view;
    QImage shown;
};

} // namespace tocsin::gui::test
