#pragma once

#include "gui/panels_support.hpp"
#include "tocsin/gui/panels/detail_panel.hpp"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QLabel>
#include <algorithm>

namespace tocsin::gui::test {

/// The panel that shows what is selected, over the fake desk.
class DetailFixture : public PanelTest {
  protected:
    DetailFixture() : panel(ui) {
        panel.resize(416, 1000);
        panel.show();
        QObject::connect(&panel, &DetailPanel::proposalChanged, &panel, [this](const auto& p) { proposal = p; });
    }
    template <typename Widget = QAbstractButton>
    [[nodiscard]] Widget* find(const char* name) const {
        for (auto* found : panel.findChildren<Widget*>(QString::fromLatin1(name))) {
            if (found->isVisibleTo(&panel))
                return found;
        }
        return nullptr;
    }
    [[nodiscard]] bool reads(const QString& text) const {
        QCoreApplication::processEvents(); // what was just made is shown by the event loop
        const auto labels = panel.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel* l) { return l->isVisibleTo(&panel) && l->text().contains(text); });
    }
    DetailPanel panel;
    std::shared_ptr<const dispatch::Recommendation> proposal;
};

} // namespace tocsin::gui::test
