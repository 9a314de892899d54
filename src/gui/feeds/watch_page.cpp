#include "gui/feeds/watch_page.hpp"

#include "gui/rules/rule_words.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

namespace tocsin::gui {

namespace {

constexpr std::array grades{model::Grade::I, model::Grade::II, model::Grade::III, model::Grade::IV};
constexpr int longestId = 100;
constexpr int longestName = 200;

QString textOf(const std::vector<std::string>& items) {
    return RuleWords::list(items);
}
template <typename Id>
QString textOf(const std::vector<Id>& ids) {
    std::vector<std::string> items;
    for (const auto& id : ids)
        items.push_back(id.value);
    return textOf(items);
}
template <typename Id>
std::vector<Id> idsFrom(const QString& text) {
    std::vector<Id> ids;
    for (const auto& item : RuleWords::listFrom(text))
        ids.emplace_back(item);
    return ids;
}

/// "47.185, 9.544"; nothing: it is none.
std::optional<model::Position> positionFrom(const QString& text) {
    static const QRegularExpression apart(QStringLiteral("[\\s,;，]+"));
    const auto parts = text.trimmed().split(apart, Qt::SkipEmptyParts);
    if (parts.size() != 2)
        return std::nullopt;
    const auto latitude = RuleWords::numberFrom(parts[0]);
    const auto longitude = RuleWords::numberFrom(parts[1]);
    if (!latitude || !longitude)
        return std::nullopt;
    const auto position = model::Position::checked({*latitude, *longitude});
    return position ? std::optional(*position) : std::nullopt;
}

base::Result<desk::Watch> refused(const QString& why) {
    return base::fail(base::Code::refused, why.toStdString());
}

} // namespace

WatchPage::WatchPage(const UiContext& ui, FeedsDesk& feeds, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_feeds(feeds), m_hint(new QLabel(this)), m_list(new QTreeWidget(this)),
      m_severity(new QComboBox), m_error(new QLabel(this)), m_new(new QPushButton(this)), m_remove(new QPushButton(this)),
      m_save(new QPushButton(this)) {
    m_hint->setProperty("role", QStringLiteral("dim"));
    m_hint->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("watchList"));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_error->setObjectName(QStringLiteral("watchError"));
    m_error->setProperty("role", QStringLiteral("error"));
    m_error->setWordWrap(true);
    m_error->setTextFormat(Qt::PlainText);
    m_new->setObjectName(QStringLiteral("newWatch"));
    m_remove->setObjectName(QStringLiteral("removeWatch"));
    m_save->setObjectName(QStringLiteral("saveWatch"));
    m_save->setProperty("kind", QStringLiteral("primary"));

    auto* inside = new QWidget;
    inside->setAutoFillBackground(false);
    auto* form = new QFormLayout(inside);
    form->setContentsMargins(16, 12, 12, 12);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(6);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    const auto add = [this, form](QWidget* field, const char* name) {
        field->setObjectName(QString::fromLatin1(name));
        auto* label = new QLabel;
        label->setBuddy(field);
        label->setProperty("role", QStringLiteral("dim"));
        form->addRow(label, field);
        m_labels.append(label);
    };
    const auto touched = [this] {
        m_dirty = true;
        m_error->clear();
        adapt();
    };
    const auto line = [&](const char* name) {
        auto* made = new QLineEdit;
        add(made, name);
        connect(made, &QLineEdit::textEdited, this, touched);
        return made;
    };
    m_id = line("watchId");
    m_id->setMaxLength(longestId);
    m_name = line("watchName");
    m_name->setMaxLength(longestName);
    m_chinese = line("watchChinese");
    m_chinese->setMaxLength(longestName);
    m_fromFeeds = line("watchFeeds");
    m_sensors = line("watchSensors");
    m_units = line("watchUnits");
    m_silent = line("watchSilent");
    add(m_severity, "watchSeverity");
    connect(m_severity, &QComboBox::activated, this, touched);
    m_position = line("watchPosition");

    auto* scroll = new QScrollArea(this);
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    auto* right = new QWidget(this);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 12, 12);
    column->setSpacing(6);
    column->addWidget(scroll, 1);
    column->addWidget(m_error);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_remove);
    buttons->addStretch(1);
    buttons->addWidget(m_save);
    column->addLayout(buttons);
    auto* left = new QWidget(this);
    auto* listed = new QVBoxLayout(left);
    listed->setContentsMargins(16, 8, 0, 12);
    listed->setSpacing(6);
    listed->addWidget(m_hint);
    listed->addWidget(m_list, 1);
    auto* below = new QHBoxLayout;
    below->addWidget(m_new);
    below->addStretch(1);
    listed->addLayout(below);
    auto* split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(left);
    split->addWidget(right);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(split);

    const auto unsaved = [this] { m_error->setText(tr("The changes are not saved: save them first, or close the window to drop them.")); };
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this, unsaved](QTreeWidgetItem* item) {
        const int row = item == nullptr ? -1 : m_list->indexOfTopLevelItem(item);
        if (row < 0 || row >= static_cast<int>(m_all.size()))
            return;
        if (!m_dirty) {
            edit(m_all[static_cast<std::size_t>(row)]);
            return;
        }
        // Not from within the list's own signal: its lines are made anew.
        QTimer::singleShot(0, this, [this, unsaved] {
            fill(m_base ? QString::fromStdString(m_base->id) : QString());
            unsaved();
        });
    });
    connect(m_new, &QPushButton::clicked, this, [this, unsaved] {
        if (m_dirty) {
            unsaved();
            return;
        }
        m_list->setCurrentItem(nullptr);
        edit({});
        m_id->setFocus();
    });
    connect(m_save, &QPushButton::clicked, this, [this] { save(false); });
    connect(m_remove, &QPushButton::clicked, this, [this] { save(true); });
    retranslate();
    edit({});
}

void WatchPage::retranslate() {
    m_hint->setText(tr("Villages, people and stations that ought to speak beside the feeds themselves. Whoever is silent for longer "
                       "is an alarm."));
    m_list->setHeaderLabels({tr("Who"), tr("Silence is an alarm after"), tr("Grave as")});
    m_list->setAccessibleName(tr("Who ought to speak"));
    const QStringList words{tr("Short name"),     tr("Name"),  tr("Name in Chinese"), tr("Speaks by these feeds"),
                            tr("by these sensors"), tr("by these units"), tr("Silence is an alarm after"),
                            tr("It is then as grave as"), tr("Position")};
    const QList<QWidget*> fields{m_id, m_name, m_chinese, m_fromFeeds, m_sensors, m_units, m_silent, m_severity, m_position};
    for (int i = 0; i < words.size(); ++i) {
        m_labels[i]->setText(words[i]);
        fields[i]->setAccessibleName(words[i]);
    }
    m_id->setPlaceholderText(QStringLiteral("village:Planken"));
    m_name->setPlaceholderText(tr("as the alarm says it"));
    for (auto* edit : {m_fromFeeds, m_sensors, m_units})
        edit->setPlaceholderText(tr("names, with commas; any of them is a sign of life"));
    m_silent->setPlaceholderText(QStringLiteral("30min, 6h, 2d"));
    m_position->setPlaceholderText(tr("latitude, longitude; empty: none"));
    const QSignalBlocker quiet(m_severity);
    const QVariant kept = m_severity->currentData();
    m_severity->clear();
    for (const auto grade : grades)
        m_severity->addItem(Words::severity(grade), static_cast<int>(grade));
    m_severity->setCurrentIndex(std::max(0, m_severity->findData(kept)));
    m_new->setText(tr("Somebody else"));
    m_remove->setText(tr("Remove"));
    fill(m_base ? QString::fromStdString(m_base->id) : QString());
    adapt();
}

void WatchPage::refresh() {
    m_all = m_feeds.watches();
    fill(m_base ? QString::fromStdString(m_base->id) : QString());
    if (!m_dirty && !m_base && !m_all.empty())
        m_list->setCurrentItem(m_list->topLevelItem(0));
}

void WatchPage::fill(const QString& chosen) {
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const auto& watch : m_all) {
        auto* item = new QTreeWidgetItem(m_list, {Words::local(watch.name, m_ui.language), RuleWords::duration(watch.silentAfter),
                                                  Words::severity(watch.severity)});
        item->setToolTip(0, QString::fromStdString(watch.id));
        if (QString::fromStdString(watch.id) == chosen)
            m_list->setCurrentItem(item);
    }
    m_list->setColumnWidth(0, 200);
    m_list->setColumnWidth(1, 170);
}

void WatchPage::edit(const std::optional<desk::Watch>& watch) {
    m_base = watch;
    const desk::Watch shown = watch.value_or(desk::Watch{});
    m_id->setText(QString::fromStdString(shown.id));
    m_name->setText(QString::fromStdString(shown.name.text));
    const auto chinese = shown.name.translations.find("zh_CN");
    m_chinese->setText(chinese == shown.name.translations.end() ? QString() : QString::fromStdString(chinese->second));
    m_fromFeeds->setText(textOf(shown.feeds));
    m_sensors->setText(textOf(shown.sensors));
    m_units->setText(textOf(shown.units));
    m_silent->setText(shown.silentAfter > base::Duration{0} ? RuleWords::duration(shown.silentAfter) : QString());
    m_severity->setCurrentIndex(std::max(0, m_severity->findData(static_cast<int>(shown.severity))));
    m_position->setText(shown.position ? QStringLiteral("%1, %2").arg(RuleWords::number(shown.position->latitude()),
                                                                      RuleWords::number(shown.position->longitude()))
                                       : QString());
    m_error->clear();
    m_dirty = false;
    adapt();
}

void WatchPage::adapt() {
    const bool may = !m_ui.desk.readOnly();
    const QString name = m_name->text().trimmed().isEmpty() ? m_id->text().trimmed() : m_name->text().trimmed();
    m_save->setText(name.isEmpty() ? tr("Save") : tr("Save “%1”").arg(Words::shortened(name, 30)));
    m_save->setEnabled(m_dirty && may);
    m_remove->setVisible(m_base.has_value());
    m_remove->setEnabled(may);
    m_new->setEnabled(may);
}

base::Result<desk::Watch> WatchPage::read() const {
    desk::Watch watch = m_base.value_or(desk::Watch{});
    watch.id = m_id->text().trimmed().toStdString();
    if (watch.id.empty())
        return refused(tr("It needs a short name of its own, such as village:Planken."));
    watch.name.text = m_name->text().trimmed().toStdString();
    if (watch.name.text.empty())
        watch.name.text = watch.id;
    if (const QString chinese = m_chinese->text().trimmed(); chinese.isEmpty())
        watch.name.translations.erase("zh_CN");
    else
        watch.name.translations["zh_CN"] = chinese.toStdString();
    watch.feeds = RuleWords::listFrom(m_fromFeeds->text());
    watch.sensors = idsFrom<model::SensorId>(m_sensors->text());
    watch.units = idsFrom<model::UnitId>(m_units->text());
    if (watch.feeds.empty() && watch.sensors.empty() && watch.units.empty())
        return refused(tr("Name a feed, a sensor or a unit by which it speaks."));
    const auto silent = RuleWords::durationFrom(m_silent->text());
    if (!silent || *silent < std::chrono::seconds(1))
        return refused(tr("Say after what silence there is an alarm: 30min, 6h, 2d."));
    watch.silentAfter = *silent;
    watch.severity = static_cast<model::Grade>(m_severity->currentData().toInt());
    watch.position.reset();
    if (!m_position->text().trimmed().isEmpty()) {
        watch.position = positionFrom(m_position->text());
        if (!watch.position)
            return refused(tr("A position is a latitude and a longitude in degrees: 47.185, 9.544."));
    }
    return watch;
}

void WatchPage::save(bool remove) {
    auto all = m_feeds.watches();
    const auto known = m_base ? std::find_if(all.begin(), all.end(), [&](const auto& w) { return w.id == m_base->id; })
                              : all.end();
    std::optional<desk::Watch> saved;
    if (remove) {
        if (known != all.end())
            all.erase(known);
    } else {
        auto watch = read();
        if (!watch) {
            m_error->setText(Words::sentence(watch.error().message));
            return;
        }
        for (auto other = all.begin(); other != all.end(); ++other) {
            if (other != known && other->id == watch->id) {
                m_error->setText(tr("Another one has this short name already."));
                return;
            }
        }
        saved = *watch;
        if (known != all.end())
            *known = std::move(*watch);
        else
            all.push_back(std::move(*watch));
    }
    m_save->setEnabled(false);
    m_feeds.saveWatches(std::move(all), this, [this, saved](const base::Result<void>& done) {
        if (!done) {
            m_error->setText(Words::sentence(done.error().message));
            adapt();
            return;
        }
        edit(saved);
        refresh();
    });
}

} // namespace tocsin::gui
