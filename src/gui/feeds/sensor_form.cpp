#include "gui/feeds/sensor_form.hpp"

#include "gui/feeds/form_label.hpp"

#include "gui/panels/detail_parts.hpp"
#include "gui/panels/empty_hint.hpp"
#include "gui/resources/field_read.hpp"
#include "gui/rules/rule_words.hpp"
#include "tocsin/geo/coordinates.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/model/sensor.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {

using model::Sensor;

namespace {

constexpr int sensorKinds = static_cast<int>(model::SensorKind::other) + 1;

QString chineseOf(const base::LocalText& text) {
    const auto found = text.translations.find("zh_CN");
    return found == text.translations.end() ? QString() : Words::plain(found->second);
}

} // namespace

SensorForm::SensorForm(const UiContext& ui, bool hasMap, QWidget* parent)
    : QScrollArea(parent), m_ui(ui), m_page(new QWidget(this)), m_layout(new QFormLayout(m_page)), m_note(new FormLabel(m_page)),
      m_kindLabel(new QLabel(m_page)), m_kind(new QComboBox(m_page)), m_map(new QPushButton(m_page)), m_anyUnit(new QCheckBox(m_page)), m_nothing(new EmptyHint(*this)) {
    setObjectName(QStringLiteral("sensorForm"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_layout->setContentsMargins(12, 12, 12, 12);
    m_layout->setVerticalSpacing(6);
    m_layout->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_layout->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_note->setObjectName(QStringLiteral("sensorNote"));
    m_note->setProperty("role", QStringLiteral("dim"));
    m_note->setFont(ui.theme.font(Theme::Text::second));
    m_note->setTextFormat(Qt::PlainText);
    m_kind->setObjectName(QStringLiteral("sensorKind"));
    m_map->setObjectName(QStringLiteral("sensorOnMap"));
    m_map->setAutoDefault(false);
    m_map->setVisible(hasMap);
    m_anyUnit->setObjectName(QStringLiteral("sensorAnyUnit"));
    m_anyUnit->hide();
    m_kindLabel->setBuddy(m_kind);
    for (int k = 0; k < sensorKinds; ++k)
        m_kind->addItem(QString(), k);
    m_layout->addRow(m_note);
    makeFields();
    connect(m_kind, &QComboBox::currentIndexChanged, this, &SensorForm::touched);
    connect(m_map, &QPushButton::clicked, this, &SensorForm::mapWanted);
    connect(m_anyUnit, &QCheckBox::toggled, this, &SensorForm::touched);
    setWidget(m_page);
    m_nothing->setObjectName(QStringLiteral("sensorNothing"));
    retranslate();
    clear();
}

QLineEdit* SensorForm::add(const char* key, const char* label, const char* hint, std::function<QString(const Sensor&)> get,
                           std::function<QString(Sensor&, const QString&)> set, QWidget* beside) {
    auto* edit = new QLineEdit(m_page);
    edit->setObjectName(QStringLiteral("sensor-") + QLatin1String(key));
    edit->setMaxLength(400);
    auto* fault = new FormLabel(m_page);
    fault->setObjectName(QStringLiteral("fault-") + QLatin1String(key));
    fault->setProperty("role", QStringLiteral("error"));
    fault->setTextFormat(Qt::PlainText);
    fault->hide();
    auto* shown = new QLabel(m_page);
    shown->setBuddy(edit);
    auto* column = new QVBoxLayout;
    column->setSpacing(2);
    auto* row = new QHBoxLayout;
    row->addWidget(edit, 1);
    if (beside != nullptr)
        row->addWidget(beside);
    column->addLayout(row);
    column->addWidget(fault);
    m_layout->addRow(shown, column);
    m_lines.push_back({label, hint, shown, edit, fault, std::move(get), std::move(set)});
    connect(edit, &QLineEdit::textEdited, this, [this, edit] {
        of(edit).fault->hide();
        edit->setAccessibleDescription({});
        touched();
    });
    // What cannot be read is said when the field is left, and not while it is typed.
    connect(edit, &QLineEdit::editingFinished, this, [this, edit] {
        auto probe = m_seen;
        if (edit->isModified())
            take(of(edit), probe);
    });
    return edit;
}

SensorForm::Line& SensorForm::of(const QLineEdit* edit) {
    return *std::find_if(m_lines.begin(), m_lines.end(), [edit](const auto& line) { return line.edit == edit; });
}

void SensorForm::addLocal(const char* key, const char* label, const char* chineseKey, const char* chinese, base::LocalText Sensor::*member) {
    add(key, label, nullptr, [member](const Sensor& s) { return Words::plain((s.*member).text); },
        [member](Sensor& s, const QString& text) {
            (s.*member).text = FieldRead::utf8(text);
            return QString();
        });
    add(chineseKey, chinese, nullptr, [member](const Sensor& s) { return chineseOf(s.*member); },
        [member](Sensor& s, const QString& text) {
            if (text.trimmed().isEmpty())
                (s.*member).translations.erase("zh_CN");
            else
                (s.*member).translations["zh_CN"] = FieldRead::utf8(text);
            return QString();
        });
}

void SensorForm::addBound(const char* key, const char* label, std::optional<double> Sensor::*member) {
    auto* edit = add(key, label, QT_TR_NOOP("no bound; or a number such as 0.5"),
                     [member](const Sensor& s) { return s.*member ? RuleWords::number(*(s.*member)) : QString(); },
                     [member](Sensor& s, const QString& text) {
                         (s.*member).reset();
                         if (text.trimmed().isEmpty())
                             return QString();
                         const auto value = FieldRead::number(text);
                         if (!value)
                             return tr("A number is expected, with a point before decimals");
                         if (std::abs(*value) > model::mostMeasured)
                             return tr("This is more than anything measures");
                         s.*member = *value;
                         return QString();
                     });
    if (m_lowest == nullptr)
        m_lowest = edit;
}

void SensorForm::makeFields() {
    m_id = add("id", QT_TR_NOOP("Id"), QT_TR_NOOP("as its readings name it"), [](const Sensor& s) { return Words::plain(s.id.value); },
               [this](Sensor& s, const QString& text) {
                   s.id = model::SensorId(FieldRead::utf8(text));
                   if (s.id.value.empty())
                       return tr("The id under which its readings come is expected");
                   if (s.id.value.size() > model::mostSensorId)
                       return tr("The id is too long: readings name a sensor in at most 120 bytes");
                   if (m_new && m_ui.desk.state().sensors.contains(s.id))
                       return tr("A sensor with this id is in the register already: choose it in the list");
                   return QString();
               });
    addLocal("name", QT_TR_NOOP("Name"), "nameZh", QT_TR_NOOP("Name in Chinese"), &Sensor::name);
    m_layout->addRow(m_kindLabel, m_kind);
    m_unit = add("unit", QT_TR_NOOP("Unit"), QT_TR_NOOP("m, mm/h, °C …; readings in others are brought to it"),
                 [](const Sensor& s) { return Words::plain(s.unit); },
                 [](Sensor& s, const QString& text) {
                     s.unit = FieldRead::utf8(text);
                     return s.unit.size() > model::mostSensorUnit ? tr("A unit has at most 32 bytes") : QString();
                 });
    m_layout->addRow(QString(), m_anyUnit);
    addLocal("place", QT_TR_NOOP("Place"), "placeZh", QT_TR_NOOP("Place in Chinese"), &Sensor::place);
    m_coordinates = add("coordinates", QT_TR_NOOP("Coordinates"), QT_TR_NOOP("such as 47.1412, 9.5215"),
                        [](const Sensor& s) {
                            return s.position == model::Position{} ? QString()
                                                                   : QString::fromStdString(geo::formatCoordinates(
                                                                         s.position, geo::CoordinateForm::decimal));
                        },
                        [](Sensor& s, const QString& text) {
                            const auto at = FieldRead::position(text);
                            if (!at)
                                return tr("Coordinates such as 47.1412, 9.5215 are expected");
                            s.position = *at;
                            return QString();
                        },
                        m_map);
    add("silent", QT_TR_NOOP("Silence is an alarm after"), QT_TR_NOOP("never; or 30min, 6h, 2d"),
        [](const Sensor& s) { return s.silentAfter ? RuleWords::duration(*s.silentAfter) : QString(); },
        [](Sensor& s, const QString& text) {
            s.silentAfter.reset();
            if (text.trimmed().isEmpty())
                return QString();
            const auto time = RuleWords::durationFrom(text);
            if (!time)
                return tr("A time such as 90s, 30min, 6h or 2d is expected");
            if (*time < model::shortestSilence || *time > model::longestSilence)
                return tr("From 10 seconds to 366 days are expected");
            s.silentAfter = *time;
            return QString();
        });
    addBound("lowest", QT_TR_NOOP("Lowest value"), &Sensor::lowest);
    addBound("highest", QT_TR_NOOP("Highest value"), &Sensor::highest);
}

void SensorForm::touched() {
    if (m_filling)
        return;
    m_dirty = true;
    emit edited();
}

void SensorForm::show(const Sensor& sensor) {
    m_new = false;
    fill(sensor);
}

void SensorForm::showNew(const Sensor& known) {
    m_new = true;
    fill(known);
    if (known.id.value.empty()) {
        m_id->setFocus();
        return;
    }
    touched();
    m_lines[1].edit->setFocus(); // its name
}

void SensorForm::clear() {
    m_new = false;
    fill({});
    m_page->setEnabled(false);
    m_nothing->stand(true);
}

void SensorForm::fill(const Sensor& sensor) {
    m_filling = true;
    m_seen = sensor;
    m_page->setEnabled(true);
    m_nothing->stand(false);
    for (auto& line : m_lines) {
        line.edit->setText(line.get(sensor));
        line.edit->setAccessibleDescription({});
        line.edit->setModified(false);
        line.fault->hide();
    }
    m_id->setReadOnly(!m_new || m_ui.desk.readOnly());
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(sensor.kind)));
    m_anyUnit->setChecked(false);
    m_anyUnit->hide();
    note();
    m_filling = false;
    m_dirty = false;
}

void SensorForm::setReadOnly(bool readOnly) {
    for (auto& line : m_lines)
        line.edit->setReadOnly(readOnly || (line.edit == m_id && !m_new));
    m_kind->setEnabled(!readOnly);
    m_map->setEnabled(!readOnly);
    m_anyUnit->setEnabled(!readOnly);
}

bool SensorForm::take(const Line& line, Sensor& out) const {
    // What nobody has touched stays as it is, with all that a text does not show.
    const bool same = !m_new && line.edit->text() == line.get(m_seen);
    const auto wrong = same ? QString() : line.set(out, line.edit->text());
    line.fault->setText(wrong);
    line.fault->setVisible(!wrong.isEmpty());
    line.edit->setAccessibleDescription(wrong);
    return wrong.isEmpty();
}

std::optional<Sensor> SensorForm::read() {
    auto out = m_seen;
    out.kind = static_cast<model::SensorKind>(m_kind->currentData().toInt());
    QLineEdit* first = nullptr;
    for (const auto& line : m_lines) {
        if (!take(line, out) && first == nullptr)
            first = line.edit;
    }
    if (first == nullptr && out.lowest && out.highest && *out.lowest >= *out.highest) {
        const auto& line = of(m_lowest);
        line.fault->setText(tr("The lowest value must be below the highest"));
        line.fault->show();
        m_lowest->setAccessibleDescription(line.fault->text());
        first = m_lowest;
    }
    if (first == nullptr)
        return out;
    first->setFocus();
    ensureWidgetVisible(first);
    return std::nullopt;
}

void SensorForm::refuseUnit(const QString& reason) {
    const auto& line = of(m_unit);
    line.fault->setText(reason);
    line.fault->show();
    m_unit->setAccessibleDescription(reason);
    m_anyUnit->show();
    m_unit->setFocus();
    ensureWidgetVisible(m_anyUnit);
}

bool SensorForm::anyUnit() const {
    return !m_anyUnit->isHidden() && m_anyUnit->isChecked();
}

void SensorForm::place(const model::Position& position) {
    m_coordinates->setText(QString::fromStdString(geo::formatCoordinates(position, geo::CoordinateForm::decimal)));
    of(m_coordinates).fault->hide();
    m_coordinates->setAccessibleDescription({});
    m_coordinates->setFocus();
    touched();
}

void SensorForm::note() {
    QStringList said;
    if (!m_seen.retired.empty())
        said << tr("Retired: %1 (%2)", "reason, who").arg(Words::plain(m_seen.retired), Words::plain(m_seen.retiredBy));
    if (!m_seen.outOfService.empty())
        said << tr("Out of service: %1 (%2)", "reason, who").arg(Words::plain(m_seen.outOfService), Words::plain(m_seen.outOfServiceBy));
    if (!m_seen.feed.empty())
        said << tr("Described by the feed %1. What is changed here, but for the silence limit, makes the sensor the county's own: the feed then changes it no more.")
                    .arg(Words::feed(m_seen.feed));
    setOrHide(m_note, said.join(QLatin1Char('\n')));
}

void SensorForm::retranslate() {
    m_nothing->setText(tr("Select a sensor on the left to read and edit it, or press New sensor to register one."));
    m_filling = true;
    m_kindLabel->setText(tr("Kind"));
    m_kind->setAccessibleName(tr("Kind"));
    for (int k = 0; k < sensorKinds; ++k)
        m_kind->setItemText(k, Words::sensorKind(static_cast<model::SensorKind>(k)));
    for (auto& line : m_lines) {
        line.shown->setText(tr(line.label));
        line.edit->setAccessibleName(tr(line.label));
        if (line.hint != nullptr)
            line.edit->setPlaceholderText(tr(line.hint));
    }
    m_map->setText(tr("On the map"));
    m_map->setToolTip(tr("Point at it on the map (Alt+P)"));
    m_anyUnit->setText(tr("It is called so: keep it"));
    m_anyUnit->setToolTip(tr("Readings in this very unit, or that name none, are taken; those in others wait in quarantine."));
    note();
    m_filling = false;
}

} // namespace tocsin::gui
