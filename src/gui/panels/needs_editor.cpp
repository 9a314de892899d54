#include "gui/panels/needs_editor.hpp"

#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"
#include "ui_needs_editor.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QSpinBox>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace tocsin::gui {
namespace {

constexpr int supplyDecimals = 3; ///< half a tonne is a need

/// Without noughts that say nothing: "0.5", "200".
class AmountBox : public QDoubleSpinBox {
  public:
    using QDoubleSpinBox::QDoubleSpinBox;
    [[nodiscard]] QString textFromValue(double value) const override {
        QString text = QDoubleSpinBox::textFromValue(value);
        const QString point = locale().decimalPoint();
        if (!text.contains(point))
            return text;
        while (text.endsWith(QLatin1Char('0')))
            text.chop(1);
        if (text.endsWith(point))
            text.chop(point.size());
        return text;
    }
};

double amountOf(const model::Need& need) {
    return need.kind == model::NeedKind::supply ? need.amount : need.quantity;
}

} // namespace

NeedsEditor::NeedsEditor(const UiContext& ui, const model::Incident& incident, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_incident(incident), m_form(std::make_unique<Ui::NeedsEditor>()) {
    m_form->setupUi(this);
    m_form->headline->setFont(ui.theme.font(Theme::Text::rowBold));
    gather();
    for (const model::Need& need : incident.needs)
        addLine(need);
    connect(m_form->addButton, &QPushButton::clicked, this, [this] {
        model::Need first;
        first.kind = m_things.front().kind;
        first.capability = m_things.front().code;
        addLine(first);
        m_lines.back().touched = true;
        m_lines.back().capability->setFocus();
    });
    connect(m_form->saveButton, &QPushButton::clicked, this, &NeedsEditor::save);
    connect(m_form->cancelButton, &QPushButton::clicked, this, &QDialog::reject);
    words();
}

NeedsEditor::~NeedsEditor() = default;

/// All that can be asked for here: what somebody can do, what some plan wants, what lies in a warehouse, and shelter.
void NeedsEditor::gather() {
    std::set<std::string> known;
    std::map<std::pair<std::string, std::string>, base::LocalText> supplies; // by code and unit
    const auto note = [&](const model::Need& need) {
        if (need.kind == model::NeedKind::team)
            known.insert(need.capability);
        else if (need.kind == model::NeedKind::supply)
            supplies.try_emplace({need.supply, need.unit}, need.supply);
    };
    for (const auto& [id, resource] : m_ui.desk.state().resources) {
        for (const model::Capability& capability : resource.capabilities)
            known.insert(capability.code);
        for (const model::Stock& stock : resource.stock)
            supplies.try_emplace({stock.code, stock.unit}, stock.name);
    }
    for (const model::Plan& plan : m_ui.desk.plans())
        std::for_each(plan.needs.begin(), plan.needs.end(), note);
    std::for_each(m_incident.needs.begin(), m_incident.needs.end(), note);
    for (const std::string& code : known)
        m_things.push_back({model::NeedKind::team, code, {}, {}});
    m_things.push_back({model::NeedKind::shelter, {}, {}, {}});
    for (const auto& [key, name] : supplies)
        m_things.push_back({model::NeedKind::supply, key.first, name, key.second});
}

QString NeedsEditor::nameOf(const Thing& thing) const {
    switch (thing.kind) {
    case model::NeedKind::team:
        break;
    case model::NeedKind::supply:
        return tr("%1 (%2)", "supply, unit").arg(Words::local(thing.name, m_ui.language), Words::unit(thing.unit));
    case model::NeedKind::shelter:
        return tr("Shelter for people");
    }
    return Words::capability(thing.code);
}

int NeedsEditor::indexOf(const model::Need& need) const {
    const auto found = std::find_if(m_things.begin(), m_things.end(), [&](const Thing& thing) {
        if (thing.kind != need.kind)
            return false;
        return need.kind == model::NeedKind::shelter ||
               (need.kind == model::NeedKind::team ? thing.code == need.capability
                                                   : thing.code == need.supply && thing.unit == need.unit);
    });
    return found == m_things.end() ? 0 : static_cast<int>(found - m_things.begin());
}

void NeedsEditor::addLine(const model::Need& need) {
    Line line{new QWidget(this), nullptr, nullptr, nullptr, nullptr, need, false};
    auto* row = new QHBoxLayout(line.row);
    row->setContentsMargins(0, 0, 0, 0);
    line.capability = new QComboBox(line.row);
    for (const Thing& thing : m_things)
        line.capability->addItem(nameOf(thing));
    line.capability->setCurrentIndex(indexOf(need));
    line.level = new QSpinBox(line.row);
    line.level->setRange(1, 3);
    line.level->setPrefix(QStringLiteral("L"));
    line.level->setValue(need.level);
    line.amount = new AmountBox(line.row);
    line.amount->setPrefix(QStringLiteral("× "));
    line.amount->setDecimals(supplyDecimals);
    line.amount->setRange(0, 1e9);
    line.amount->setValue(amountOf(need));
    line.within = new QSpinBox(line.row);
    line.within->setRange(0, 30 * 24 * 60);
    line.within->setSingleStep(5);
    line.within->setValue(static_cast<int>(need.within.value / 60));
    auto* remove = new QToolButton(line.row);
    remove->setIcon(Symbols::icon(QStringLiteral("close"), m_ui.theme.colours().dim, 16));
    remove->setToolTip(tr("Remove this need"));
    row->addWidget(line.capability, 1);
    row->addWidget(line.level);
    row->addWidget(line.amount);
    row->addWidget(line.within);
    row->addWidget(remove);
    connect(remove, &QToolButton::clicked, this, [this, widget = line.row] {
        std::erase_if(m_lines, [widget](const Line& l) { return l.row == widget; });
        widget->deleteLater();
    });
    m_form->lines->addWidget(line.row);
    m_lines.push_back(line);
    shape(line);
    // From here on it is a person who changes it.
    const auto touch = [this, row = line.row] {
        for (Line& each : m_lines) {
            if (each.row == row)
                each.touched = true;
        }
    };
    connect(line.capability, &QComboBox::currentIndexChanged, this, [this, line, touch] {
        touch();
        shape(line);
    });
    connect(line.level, &QSpinBox::valueChanged, this, touch);
    connect(line.amount, &QDoubleSpinBox::valueChanged, this, touch);
    connect(line.within, &QSpinBox::valueChanged, this, touch);
}

void NeedsEditor::shape(const Line& line) const {
    const Thing& thing = m_things[static_cast<std::size_t>(std::max(0, line.capability->currentIndex()))];
    line.level->setVisible(thing.kind == model::NeedKind::team);
    line.amount->setDecimals(thing.kind == model::NeedKind::supply ? supplyDecimals : 0);
    line.amount->setMinimum(thing.kind == model::NeedKind::supply ? std::pow(10, -supplyDecimals) : 1);
    line.amount->setMaximum(thing.kind == model::NeedKind::team ? 999 : thing.kind == model::NeedKind::shelter ? 1e7 : 1e9);
    line.amount->setSuffix(thing.kind == model::NeedKind::supply ? QLatin1Char(' ') + Words::unit(thing.unit) : QString());
    line.within->setSpecialValueText(tr("soon", "no time is set"));
    line.within->setPrefix(tr("in ", "followed by minutes"));
    line.within->setSuffix(tr(" min"));
    line.within->setToolTip(tr("Wanted there within so many minutes of the incident's opening"));
}

/// What nobody has touched is sent as it was: a box rounds, and may not know the finest of it.
std::vector<model::Need> NeedsEditor::needs() const {
    std::vector<model::Need> out;
    std::vector<bool> touched;
    for (const Line& line : m_lines) {
        if (!line.touched) {
            out.push_back(line.was);
            touched.push_back(false);
            continue;
        }
        const Thing& thing = m_things[static_cast<std::size_t>(std::max(0, line.capability->currentIndex()))];
        model::Need need;
        need.kind = thing.kind;
        need.within = line.within->value() == static_cast<int>(line.was.within.value / 60)
                          ? line.was.within
                          : base::Seconds(line.within->value() * 60.0);
        need.quantity = static_cast<int>(std::min(line.amount->value(), 1e7));
        switch (thing.kind) {
        case model::NeedKind::team:
            need.capability = thing.code;
            need.level = line.level->value();
            break;
        case model::NeedKind::supply:
            need.supply = thing.code;
            need.unit = thing.unit;
            need.amount = line.was.kind == thing.kind && std::abs(line.was.amount - line.amount->value()) < 0.0005
                              ? line.was.amount
                              : line.amount->value();
            need.quantity = 0;
            break;
        case model::NeedKind::shelter:
            break;
        }
        const auto same = std::find_if(out.begin(), out.end(), [&](const model::Need& n) {
            return touched[static_cast<std::size_t>(&n - out.data())] && n.kind == need.kind && n.capability == need.capability &&
                   n.level == need.level && n.supply == need.supply && n.unit == need.unit && n.within == need.within;
        });
        if (same != out.end()) {
            same->quantity += need.quantity;
            same->amount += need.amount;
        } else {
            out.push_back(std::move(need));
            touched.push_back(true);
        }
    }
    return out;
}

void NeedsEditor::save() {
    m_form->saveButton->setEnabled(false);
    m_ui.desk.send(desk::SetNeeds{m_incident.id, needs()}, this, [this](const base::Result<desk::Done>& done) {
        if (done) {
            accept();
            return;
        }
        m_form->saveButton->setEnabled(true);
        m_form->trouble->setText(Words::refusal(done.error()));
        m_form->trouble->show();
    });
}

void NeedsEditor::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        words();
    QDialog::changeEvent(event);
}

void NeedsEditor::words() {
    m_form->retranslateUi(this);
    m_form->trouble->setVisible(!m_form->trouble->text().isEmpty());
    const QString title = Words::local(m_incident.title, m_ui.language);
    m_form->headline->setText(tr("What “%1” needs").arg(title));
    for (const Line& line : m_lines) {
        for (int i = 0; i < line.capability->count(); ++i)
            line.capability->setItemText(i, nameOf(m_things[static_cast<std::size_t>(i)]));
        shape(line);
    }
}

} // namespace tocsin::gui
