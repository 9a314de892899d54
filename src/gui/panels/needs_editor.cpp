#include "gui/panels/needs_editor.hpp"

#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"
#include "ui_needs_editor.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QSpinBox>
#include <QToolButton>
#include <algorithm>
#include <set>

namespace tocsin::gui {

NeedsEditor::NeedsEditor(const UiContext& ui, const model::Incident& incident, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_incident(incident), m_form(std::make_unique<Ui::NeedsEditor>()) {
    m_form->setupUi(this);
    m_form->headline->setFont(ui.theme.font(Theme::Text::rowBold));
    std::set<std::string> known;
    for (const auto& [id, resource] : ui.desk.state().resources) {
        for (const model::Capability& capability : resource.capabilities)
            known.insert(capability.code);
    }
    for (const model::Plan& plan : ui.desk.plans()) {
        for (const model::Need& need : plan.needs)
            known.insert(need.capability);
    }
    for (const model::Need& need : incident.needs)
        known.insert(need.capability);
    m_capabilities.assign(known.begin(), known.end());
    for (const model::Need& need : incident.needs)
        addLine(need);
    m_form->addButton->setEnabled(!m_capabilities.empty());
    connect(m_form->addButton, &QPushButton::clicked, this, [this] {
        addLine({m_capabilities.front(), 1, 1});
        m_lines.back().capability->setFocus();
    });
    connect(m_form->saveButton, &QPushButton::clicked, this, &NeedsEditor::save);
    connect(m_form->cancelButton, &QPushButton::clicked, this, &QDialog::reject);
    words();
}

NeedsEditor::~NeedsEditor() = default;

void NeedsEditor::addLine(const model::Need& need) {
    Line line{new QWidget(this), nullptr, nullptr, nullptr};
    auto* row = new QHBoxLayout(line.row);
    row->setContentsMargins(0, 0, 0, 0);
    line.capability = new QComboBox(line.row);
    for (const std::string& code : m_capabilities)
        line.capability->addItem(Words::capability(code), Words::plain(code));
    line.capability->setCurrentIndex(line.capability->findData(Words::plain(need.capability)));
    line.level = new QSpinBox(line.row);
    line.level->setRange(1, 3);
    line.level->setPrefix(QStringLiteral("L"));
    line.level->setValue(need.level);
    line.quantity = new QSpinBox(line.row);
    line.quantity->setRange(1, 999);
    line.quantity->setPrefix(QStringLiteral("× "));
    line.quantity->setValue(need.quantity);
    auto* remove = new QToolButton(line.row);
    remove->setIcon(Symbols::icon(QStringLiteral("close"), m_ui.theme.colours().dim, 16));
    remove->setToolTip(tr("Remove this need"));
    row->addWidget(line.capability, 1);
    row->addWidget(line.level);
    row->addWidget(line.quantity);
    row->addWidget(remove);
    connect(remove, &QToolButton::clicked, this, [this, widget = line.row] {
        std::erase_if(m_lines, [widget](const Line& l) { return l.row == widget; });
        widget->deleteLater();
    });
    m_form->lines->addWidget(line.row);
    m_lines.push_back(line);
}

std::vector<model::Need> NeedsEditor::needs() const {
    std::vector<model::Need> out;
    for (const Line& line : m_lines) {
        model::Need need{line.capability->currentData().toString().toStdString(), line.level->value(),
                         line.quantity->value()};
        const auto same = std::find_if(out.begin(), out.end(), [&](const model::Need& n) {
            return n.capability == need.capability && n.level == need.level;
        });
        if (same != out.end())
            same->quantity += need.quantity;
        else
            out.push_back(std::move(need));
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
            line.capability->setItemText(i, Words::capability(m_capabilities[static_cast<std::size_t>(i)]));
    }
}

} // namespace tocsin::gui
