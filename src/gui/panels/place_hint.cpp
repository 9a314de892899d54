#include "gui/panels/place_hint.hpp"

#include "gui/calls/place_field.hpp"
#include "gui/tools/on_worker.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QKeySequence>
#include <QShortcut>

namespace tocsin::gui {

PlaceHint::PlaceHint(const UiContext& ui, QWidget* parent) : KeyButton(parent), m_ui(ui) {
    m_pool.setMaxThreadCount(1);
    const QKeySequence key(Qt::SHIFT | Qt::Key_P); // P alone asks where it belongs
    dress(ui.theme, key.toString(QKeySequence::NativeText), "quiet");
    setObjectName(QStringLiteral("detailPlaceHint"));
    hide();
    connect(new QShortcut(key, this), &QShortcut::activated, this, &QAbstractButton::click);
    connect(this, &QPushButton::clicked, this, &PlaceHint::put);
}

void PlaceHint::offer(model::ReportId report) {
    const auto& all = m_ui.desk.state().reports;
    const auto found = all.find(report);
    const bool open = found != all.end() && !found->second.position && found->second.state != model::ReportState::dismissed;
    const QString text = open ? Words::plain(found->second.place).simplified() : QString();
    if (report == m_report && text == m_asked)
        return words();
    m_report = report;
    m_asked = text;
    m_found.reset();
    m_pool.clear();
    ++m_question;
    words();
    auto parts = PlaceField::partsOf(m_ui);
    if (text.isEmpty() || !parts.search)
        return;
    const auto near = parts.near ? std::optional(parts.near()) : std::nullopt;
    onWorker(
        m_pool, this,
        [search = std::move(parts.search), near, text]() -> std::optional<FoundPlace> {
            for (const QString& name : namesWithin(text))
                if (auto places = search(name, near, 1); !places.empty())
                    return std::move(places.front());
            return std::nullopt;
        },
        [this, question = m_question](std::optional<FoundPlace> place) {
            if (question != m_question)
                return;
            m_found = std::move(place);
            words();
        });
}

void PlaceHint::words() {
    setVisible(m_found.has_value());
    if (!m_found)
        return;
    setElidingText(m_found->detail.isEmpty() ? tr("Perhaps here: %1").arg(m_found->name)
                                             : tr("Perhaps here: %1, %2", "name, what it is").arg(m_found->name, m_found->detail));
    setEnabled(!m_ui.desk.readOnly());
}

void PlaceHint::put() {
    if (!m_found)
        return;
    const auto position = m_found->position;
    m_found.reset(); // once is enough
    words();
    m_ui.selection.show(position);
    m_ui.desk.send(desk::PlaceReport{m_report, position, "address"});
}

} // namespace tocsin::gui
