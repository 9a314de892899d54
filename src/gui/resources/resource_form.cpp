#include "gui/resources/resource_form.hpp"

#include "gui/feeds/form_label.hpp"
#include "gui/panels/empty_hint.hpp"
#include "gui/resources/field_read.hpp"
#include "gui/resources/grid_edit.hpp"
#include "gui/resources/resource_words.hpp"
#include "tocsin/geo/coordinates.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>

namespace tocsin::gui {

using model::Resource;
using Kind = model::ResourceKind;

ResourceForm::ResourceForm(const UiContext& ui, ResourcesDesk& desk, QWidget* parent)
    : QScrollArea(parent), m_ui(ui), m_desk(desk), m_page(new QWidget(this)), m_layout(new QFormLayout(m_page)),
      m_kindLabel(new QLabel(m_page)), m_kind(new QComboBox(m_page)), m_fliesLabel(new QLabel(m_page)), m_flies(new QCheckBox(m_page)),
      m_remarksLabel(new QLabel(m_page)), m_remarks(new QPlainTextEdit(m_page)), m_nothing(new EmptyHint(*this)) {
    setObjectName(QStringLiteral("resourceForm"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    m_layout->setContentsMargins(12, 12, 12, 12);
    m_layout->setVerticalSpacing(6);
    m_layout->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_layout->addRow(m_kindLabel, m_kind);
    m_kind->setObjectName(QStringLiteral("resourceKind"));
    for (int k = 0; k < model::resourceKinds; ++k)
        m_kind->addItem(QString(), k);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        arrange();
        touched();
    });
    makeFields();
    makeGrids();
    m_layout->addRow(m_fliesLabel, m_flies);
    m_layout->addRow(m_remarksLabel, m_remarks);
    m_remarks->setMaximumHeight(72);
    m_remarks->setTabChangesFocus(true);
    connect(m_flies, &QCheckBox::toggled, this, &ResourceForm::touched);
    connect(m_remarks, &QPlainTextEdit::textChanged, this, &ResourceForm::touched);
    setWidget(m_page);
    m_nothing->setObjectName(QStringLiteral("resourceNothing"));
    retranslate();
    clear();
}

void ResourceForm::touched() {
    if (m_filling)
        return;
    m_dirty = true;
    emit edited();
}

bool ResourceForm::belongs(Part part, Kind kind) {
    switch (part) {
    case Part::always:
        return true;
    case Part::people:
        return kind == Kind::team || kind == Kind::expert || kind == Kind::volunteer || kind == Kind::gridMember || kind == Kind::station ||
               kind == Kind::mobileFacility || kind == Kind::vehicle || kind == Kind::hospital;
    case Part::room:
        return kind == Kind::shelter || kind == Kind::hospital || kind == Kind::mobileFacility;
    case Part::hospital:
        return kind == Kind::hospital || kind == Kind::mobileFacility;
    case Part::shelter:
        return kind == Kind::shelter;
    case Part::vehicle:
        return kind == Kind::vehicle || kind == Kind::mobileFacility || kind == Kind::team;
    case Part::stock:
        return kind == Kind::warehouse || kind == Kind::vehicle || kind == Kind::shelter || kind == Kind::hospital || kind == Kind::station ||
               kind == Kind::mobileFacility;
    case Part::offers:
        return kind == Kind::enterprise || kind == Kind::partner;
    }
    return true;
}

Kind ResourceForm::kind() const {
    return static_cast<Kind>(m_kind->currentData().toInt());
}

void ResourceForm::arrange() {
    for (auto& field : m_fields) {
        // What stands in the record is shown even where its kind would not have it.
        const auto text = field.edit->text();
        const bool shown = belongs(field.part, kind()) || (!text.isEmpty() && text != QLatin1String("0"));
        field.shown->setVisible(shown);
        field.edit->setVisible(shown);
    }
    for (auto& grid : m_grids) {
        const bool shown = belongs(grid.part, kind()) || !grid.edit->rows().empty();
        grid.shown->setVisible(shown);
        grid.edit->setVisible(shown);
    }
    const bool moves = belongs(Part::vehicle, kind()) || m_flies->isChecked();
    m_fliesLabel->setVisible(moves);
    m_flies->setVisible(moves);
}

void ResourceForm::show(const Resource& record) {
    m_filling = true;
    m_seen = record;
    m_page->setEnabled(true);
    m_nothing->stand(false);
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(record.kind)));
    for (auto& field : m_fields)
        field.edit->setText(field.get(record));
    for (auto& grid : m_grids)
        grid.edit->set(grid.get(record));
    m_flies->setChecked(record.flies);
    m_remarks->setPlainText(Words::plain(record.remarks));
    arrange();
    m_filling = false;
    m_dirty = false;
}

void ResourceForm::clear() {
    show({});
    m_page->setEnabled(false);
    m_nothing->stand(true);
}

void ResourceForm::setReadOnly(bool readOnly) {
    m_kind->setEnabled(!readOnly);
    m_flies->setEnabled(!readOnly);
    m_remarks->setReadOnly(readOnly);
    for (auto& field : m_fields)
        field.edit->setReadOnly(readOnly);
    for (auto& grid : m_grids)
        grid.edit->setReadOnly(readOnly);
}

void ResourceForm::explain() {
    QStringList lines;
    for (const auto& skill : FieldRead::skills(m_skills->text()).value_or(std::vector<model::Capability>{}))
        lines << ResourceWords::meaning(skill, m_desk.typing(), m_ui.language);
    m_meaning->setText(lines.join(QLatin1Char('\n')));
    m_meaning->setVisible(!lines.isEmpty());
}

Resource ResourceForm::record(QStringList& faults) const {
    auto out = m_seen;
    out.kind = kind();
    for (const auto& field : m_fields) {
        // What nobody has touched stays as it is, with all that a text does not show.
        if (field.edit->text() == field.get(m_seen))
            continue;
        if (!field.set(out, field.edit->text()))
            faults << tr("%1: %2 is expected").arg(ResourceWords::field(QString::fromLatin1(field.label)),
                                                   field.expected == nullptr ? tr("a number") : tr(field.expected));
    }
    for (const auto& grid : m_grids) {
        const auto rows = grid.edit->rows();
        if (rows == grid.get(m_seen))
            continue;
        if (!grid.set(out, rows))
            faults << tr("%1: %2 is expected").arg(tr(grid.label), tr(grid.expected));
    }
    out.flies = m_flies->isChecked();
    if (m_remarks->toPlainText() != Words::plain(m_seen.remarks))
        out.remarks = FieldRead::utf8(m_remarks->toPlainText());
    return out;
}

void ResourceForm::add(const char* label, Part part, std::function<QString(const Resource&)> get,
                       std::function<bool(Resource&, const QString&)> set, const char* expected) {
    Field field{label, part, new QLabel(m_page), new QLineEdit(m_page), std::move(get), std::move(set), expected};
    field.edit->setObjectName(QStringLiteral("field-") + QString::fromLatin1(label));
    field.shown->setBuddy(field.edit);
    m_layout->addRow(field.shown, field.edit);
    connect(field.edit, &QLineEdit::textEdited, this, &ResourceForm::touched);
    m_fields.push_back(std::move(field));
}

void ResourceForm::addText(const char* label, Part part, std::string Resource::*member) {
    add(label, part, [member](const Resource& r) { return Words::plain(r.*member); },
        [member](Resource& r, const QString& text) {
            r.*member = FieldRead::utf8(text);
            return true;
        });
}

void ResourceForm::addLocal(const char* label, const char* chinese, base::LocalText Resource::*member) {
    add(label, Part::always, [member](const Resource& r) { return Words::plain((r.*member).text); },
        [member](Resource& r, const QString& text) {
            (r.*member).text = FieldRead::utf8(text);
            return true;
        });
    add(chinese, Part::always,
        [member](const Resource& r) {
            const auto& all = (r.*member).translations;
            const auto found = all.find("zh_CN");
            return found == all.end() ? QString() : Words::plain(found->second);
        },
        [member](Resource& r, const QString& text) {
            if (text.trimmed().isEmpty())
                (r.*member).translations.erase("zh_CN");
            else
                (r.*member).translations["zh_CN"] = FieldRead::utf8(text);
            return true;
        });
}

void ResourceForm::addCount(const char* label, Part part, int Resource::*member) {
    add(label, part, [member](const Resource& r) { return ResourceWords::number(r.*member); },
        [member](Resource& r, const QString& text) {
            const auto value = FieldRead::count(text);
            r.*member = value.value_or(0);
            return value.has_value();
        },
        QT_TR_NOOP("a whole number"));
}

void ResourceForm::addVehicle(const char* label, double model::VehicleData::*member) {
    add(label, Part::vehicle, [member](const Resource& r) { return r.vehicle ? ResourceWords::number((*r.vehicle).*member) : QString(); },
        [member](Resource& r, const QString& text) {
            const auto value = FieldRead::number(text);
            if (!r.vehicle)
                r.vehicle.emplace();
            (*r.vehicle).*member = value.value_or(0);
            return value.has_value();
        });
}

void ResourceForm::makeFields() {
    addLocal("name", "name_zh_CN", &Resource::name);
    addText("call_sign", Part::always, &Resource::callSign);
    addText("inventory_number", Part::always, &Resource::key);
    addText("code", Part::always, &Resource::code);
    addLocal("owner", "owner_zh_CN", &Resource::owner);
    addText("division", Part::always, &Resource::division);
    addText("person_in_charge", Part::always, &Resource::personInCharge);
    addText("phone", Part::always, &Resource::phone);
    addLocal("place", "place_zh_CN", &Resource::place);
    add("coordinates", Part::always,
        [](const Resource& r) {
            return r.position == model::Position{} ? QString()
                                                   : QString::fromStdString(geo::formatCoordinates(r.position, geo::CoordinateForm::decimal));
        },
        [](Resource& r, const QString& text) {
            const auto at = FieldRead::position(text);
            if (at) {
                r.position = *at;
                r.home = *at;
            }
            return at.has_value();
        },
        QT_TR_NOOP("coordinates such as 47.1412, 9.5215"));
    add("capabilities", Part::always, [](const Resource& r) { return ResourceWords::skillCodes(r.capabilities); },
        [](Resource& r, const QString& text) {
            auto skills = FieldRead::skills(text);
            if (skills)
                r.capabilities = std::move(*skills);
            return skills.has_value();
        },
        QT_TR_NOOP("capabilities with a level 1 to 3, such as pumping:2 medical:1"));
    m_skills = m_fields.back().edit;
    m_meaning = new FormLabel(m_page); // rows are hidden here
    m_meaning->setObjectName(QStringLiteral("capabilityMeaning"));
    m_meaning->setProperty("role", QStringLiteral("dim"));
    m_meaning->setTextFormat(Qt::PlainText);
    m_meaning->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_layout->addRow(QString(), m_meaning);
    connect(m_skills, &QLineEdit::textChanged, this, &ResourceForm::explain);
    addCount("people", Part::people, &Resource::people);
    addCount("capacity", Part::room, &Resource::capacity);
    addCount("occupied", Part::room, &Resource::occupied);
    add("services", Part::shelter,
        [](const Resource& r) {
            QStringList words;
            for (const auto& service : r.services)
                words << Words::plain(service);
            return words.join(QLatin1Char(' '));
        },
        [](Resource& r, const QString& text) {
            r.services.clear();
            for (const auto& word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts))
                r.services.push_back(word.toStdString());
            return true;
        });
    add("speed_class", Part::vehicle, [](const Resource& r) { return r.vehicle ? Words::plain(r.vehicle->speedClass) : QString(); },
        [](Resource& r, const QString& text) {
            if (!r.vehicle)
                r.vehicle.emplace();
            r.vehicle->speedClass = FieldRead::utf8(text);
            return true;
        });
    addVehicle("weight_t", &model::VehicleData::weightTonnes);
    addVehicle("height_m", &model::VehicleData::heightMetres);
    addVehicle("width_m", &model::VehicleData::widthMetres);
    addVehicle("fording_m", &model::VehicleData::fordingMetres);
    addVehicle("payload_kg", &model::VehicleData::loadKilograms);
    addVehicle("payload_m3", &model::VehicleData::loadCubicMetres);
    add("seats", Part::vehicle, [](const Resource& r) { return r.vehicle ? ResourceWords::number(r.vehicle->seats) : QString(); },
        [](Resource& r, const QString& text) {
            const auto value = FieldRead::count(text);
            if (!r.vehicle)
                r.vehicle.emplace();
            r.vehicle->seats = value.value_or(0);
            return value.has_value();
        },
        QT_TR_NOOP("a whole number"));
    const auto real = [this](const char* label, Part part, double Resource::*member) {
        add(label, part, [member](const Resource& r) { return QString::number(r.*member, 'g', 12); },
            [member](Resource& r, const QString& text) {
                const auto value = FieldRead::number(text);
                r.*member = value.value_or(0);
                return value.has_value();
            });
    };
    real("speed_factor", Part::vehicle, &Resource::speedFactor);
    real("crew_hours", Part::people, &Resource::crewHours);
    const auto day = [this](const char* label, std::optional<base::Time> Resource::*member) {
        add(label, Part::always, [member](const Resource& r) { return ResourceWords::day(r.*member); },
            [member](Resource& r, const QString& text) {
                const auto moment = FieldRead::moment(text);
                r.*member = moment.time;
                return moment.good;
            },
            QT_TR_NOOP("a day such as 2026-12-31"));
    };
    day("check_due", &Resource::checkDue);
    day("maintenance_due", &Resource::maintenanceDue);
}

void ResourceForm::addGrid(const char* label, Part part, std::vector<const char*> header,
                           std::function<std::vector<QStringList>(const Resource&)> get,
                           std::function<bool(Resource&, const std::vector<QStringList>&)> set, const char* expected) {
    Grid grid{label, part, new QLabel(m_page), new GridEdit(static_cast<int>(header.size()), m_page), std::move(header), std::move(get),
              std::move(set), expected};
    grid.edit->setObjectName(QStringLiteral("grid-") + QString::fromLatin1(label));
    m_layout->addRow(grid.shown, grid.edit);
    connect(grid.edit, &GridEdit::edited, this, &ResourceForm::touched);
    m_grids.push_back(std::move(grid));
}

void ResourceForm::retranslate() {
    m_nothing->setText(tr("Select a record on the left to read and edit it, or press New to write one. With several selected, their status and fields are changed together below the list."));
    m_kindLabel->setText(ResourceWords::field(QStringLiteral("kind")));
    for (int k = 0; k < model::resourceKinds; ++k)
        m_kind->setItemText(k, Words::resourceKind(static_cast<Kind>(k)));
    for (auto& field : m_fields) {
        field.shown->setText(ResourceWords::field(QString::fromLatin1(field.label)));
        field.edit->setAccessibleName(field.shown->text());
        if (field.expected != nullptr)
            field.edit->setPlaceholderText(tr(field.expected));
    }
    for (auto& grid : m_grids) {
        grid.shown->setText(tr(grid.label));
        QStringList header;
        for (const auto* word : grid.header)
            header << ResourceWords::field(QString::fromLatin1(word));
        grid.edit->setHeader(header, tr("Add a row"), tr("Remove the row"));
    }
    m_fliesLabel->setText(ResourceWords::field(QStringLiteral("flies")));
    m_flies->setText(tr("Goes straight, at 200 km/h"));
    m_remarksLabel->setText(ResourceWords::field(QStringLiteral("remarks")));
    QStringList codes;
    for (const auto& word : m_desk.typing().capabilities)
        codes << QStringLiteral("%1 = %2").arg(QString::fromStdString(word.code), Words::local(word.name, m_ui.language));
    m_skills->setToolTip(codes.join(QLatin1Char('\n')));
    explain();
}

} // namespace tocsin::gui
