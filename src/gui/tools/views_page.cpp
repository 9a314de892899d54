#include "gui/tools/views_page.hpp"

#include "gui/panels/detail_parts.hpp"
#include "gui/tools/float_card.hpp"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QTimer>
#include <QVBoxLayout>

namespace tocsin::gui {

ViewsPage::ViewsPage(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_hint(textLabel(theme, this, true)), m_rows(new QVBoxLayout) {
    setObjectName(QStringLiteral("viewsPage"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 10, 10);
    column->setSpacing(6);
    column->addWidget(m_hint);
    m_rows->setSpacing(4);
    column->addLayout(m_rows);
    column->addStretch(1);
    retranslate();
}

void ViewsPage::show_(const std::map<int, NamedView>& views) {
    if (views == m_views && m_rows->count() > 0)
        return;
    m_views = views;
    build();
}

void ViewsPage::retranslate() {
    m_hint->setText(tr("A view keeps the place, how near, the layers and the base map. Ctrl+1 goes to the first, "
                       "Ctrl+Shift+1 keeps what you see there."));
    build();
}

void ViewsPage::build() {
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        if (QWidget* row = item->widget()) {
            row->hide();
            row->deleteLater(); // a button in it may be the one that asks for this
        }
        delete item;
    }
    for (int slot = 1; slot <= ViewStore::slots_; ++slot) {
        auto* row = new QWidget(this);
        row->setObjectName(QStringLiteral("view-%1").arg(slot));
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(4);
        auto* number = new QLabel(QString::number(slot), row);
        number->setFont(m_theme.font(Theme::Text::bodyBold));
        number->setFixedWidth(16);
        line->addWidget(number);
        const auto known = m_views.find(slot);
        if (known == m_views.end()) {
            auto* keep = new QPushButton(tr("Keep what is seen now"), row);
            keep->setObjectName(QStringLiteral("viewKeep"));
            keep->setProperty("kind", QStringLiteral("quiet"));
            keep->setAccessibleName(tr("Keep what is seen now as view %1").arg(slot));
            connect(keep, &QPushButton::clicked, this, [this, slot] { emit keepWanted(slot); });
            line->addWidget(keep);
            line->addStretch(1);
        } else {
            auto* name = new QLineEdit(known->second.name, row);
            name->setObjectName(QStringLiteral("viewName"));
            name->setMaxLength(60);
            name->setAccessibleName(tr("Name of view %1").arg(slot));
            connect(name, &QLineEdit::editingFinished, this, [this, slot, name] {
                const QString text = name->text().simplified();
                const auto at = m_views.find(slot);
                if (at == m_views.end() || text == at->second.name)
                    return;
                if (text.isEmpty()) {
                    name->setText(at->second.name);
                    return;
                }
                at->second.name = text; // so that what comes back is nothing new
                emit renamed(slot, text);
            });
            auto* go = new QPushButton(tr("Go"), row);
            go->setObjectName(QStringLiteral("viewGo"));
            go->setAccessibleName(tr("Go to view %1, %2").arg(slot).arg(known->second.name));
            go->setToolTip(QStringLiteral("Ctrl+%1").arg(slot));
            connect(go, &QPushButton::clicked, this, [this, slot] { emit goWanted(slot); });
            auto* again = new GlyphButton(m_theme, QStringLiteral("refresh"), row);
            again->setObjectName(QStringLiteral("viewAgain"));
            again->say(tr("Keep what is seen now in its place"), QStringLiteral("Ctrl+Shift+%1").arg(slot));
            connect(again, &QToolButton::clicked, this, [this, slot] { emit keepWanted(slot); });
            auto* drop = new GlyphButton(m_theme, QStringLiteral("trash"), row);
            drop->setObjectName(QStringLiteral("viewDrop"));
            drop->say(tr("Forget view %1").arg(slot));
            connect(drop, &QToolButton::clicked, this, [this, slot] { emit dropWanted(slot); });
            line->addWidget(name, 1);
            line->addWidget(go);
            line->addWidget(again);
            line->addWidget(drop);
        }
        m_rows->addWidget(row);
    }
}

} // namespace tocsin::gui
