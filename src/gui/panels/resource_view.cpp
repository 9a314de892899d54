#include "gui/panels/resource_view.hpp"

#include "gui/panels/assignment_row.hpp"
#include "gui/panels/detail_parts.hpp"
#include "gui/resources/resource_words.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QHBoxLayout>
#include <QPaintEvent>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace tocsin::gui {

/// Code, name and quantity in three columns. Painted: a warehouse has tens of lines and none of them does anything.
class ResourceView::StockTable : public QWidget {
  public:
    StockTable(const UiContext& ui, QWidget* parent) : QWidget(parent), m_ui(ui) {
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
    void set(const std::vector<model::Stock>& stock) {
        m_stock = stock;
        setFixedHeight(rowHeight * static_cast<int>(m_stock.size()));
        setVisible(!m_stock.empty());
        update();
    }

  protected:
    void paintEvent(QPaintEvent* event) override {
        const Palette& c = m_ui.theme.colours();
        QPainter p(this);
        for (std::size_t i = 0; i < m_stock.size(); ++i) {
            const QRect row(0, static_cast<int>(i) * rowHeight, width(), rowHeight);
            if (!row.intersects(event->rect()))
                continue;
            const model::Stock& s = m_stock[i];
            const QString amount = Words::number(s.quantity) + QLatin1Char(' ') + Words::unit(s.unit);
            p.setFont(m_ui.theme.font(Theme::Text::bodyBold));
            p.setPen(c.text);
            const int wide = p.fontMetrics().horizontalAdvance(amount);
            p.drawText(row, Qt::AlignRight | Qt::AlignVCenter, amount);
            p.setFont(m_ui.theme.font(Theme::Text::second));
            p.setPen(c.dim);
            p.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, Words::plain(s.code));
            p.setFont(m_ui.theme.font(Theme::Text::body));
            p.setPen(c.text);
            const QRect name = row.adjusted(72, 0, -wide - 12, 0);
            p.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                       p.fontMetrics().elidedText(Words::local(s.name, m_ui.language), Qt::ElideRight, name.width()));
            p.fillRect(0, row.bottom(), width(), 1, c.line);
        }
    }

  private:
    static constexpr int rowHeight = 32;
    UiContext m_ui;
    std::vector<model::Stock> m_stock;
};

ResourceView::ResourceView(const UiContext& ui, QWidget* parent)
    : DetailView(ui, parent), m_title(new TitleBlock(ui.theme, this)), m_facts(new FactGrid(ui.theme, this)),
      m_capabilitiesTitle(sectionLabel(ui.theme, this)), m_capabilities(textLabel(ui.theme, this)),
      m_assignmentTitle(sectionLabel(ui.theme, this)), m_assignmentPlace(new QVBoxLayout),
      m_incident(new QPushButton(this)), m_stockTitle(sectionLabel(ui.theme, this)), m_stock(new StockTable(ui, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addSpacing(4);
    column->addWidget(m_facts);
    column->addWidget(m_capabilitiesTitle);
    column->addWidget(m_capabilities);
    column->addWidget(m_assignmentTitle);
    m_assignmentPlace->setContentsMargins(0, 0, 0, 0);
    column->addLayout(m_assignmentPlace);
    auto* go = new QHBoxLayout;
    go->addWidget(m_incident);
    go->addStretch();
    column->addLayout(go);
    column->addWidget(m_stockTitle);
    column->addWidget(m_stock);
    column->addStretch();
    connect(m_incident, &QPushButton::clicked, this, [this] {
        if (const model::Assignment* a = running())
            m_ui.selection.select(a->incident);
    });
}

const model::Resource* ResourceView::resource() const {
    const auto& all = m_ui.desk.state().resources;
    const auto it = all.find(m_resource);
    return it == all.end() ? nullptr : &it->second;
}

const model::Assignment* ResourceView::running() const {
    for (const auto& [id, a] : m_ui.desk.state().assignments) {
        if (a.resource == m_resource && a.state != model::AssignmentState::released)
            return &a;
    }
    return nullptr;
}

void ResourceView::show(const Selected& what) {
    const auto* id = std::get_if<model::ResourceId>(&what);
    m_resource = id ? *id : model::ResourceId();
    words();
}

void ResourceView::take(const Changes& changes) {
    if (changes.all || changes.resources.contains(m_resource) || !changes.assignments.empty() ||
        !changes.drawings.empty())
        words();
}

void ResourceView::tick() {
    if (m_assignment)
        m_assignment->tick();
}

void ResourceView::words() {
    const model::Resource* r = resource();
    if (!r)
        return;
    const Palette& c = m_ui.theme.colours();
    const bool ours = r->status == model::ResourceStatus::assigned;
    QStringList second{Words::resourceKind(r->kind)};
    if (!r->callSign.empty())
        second << Words::plain(r->callSign);
    second << ResourceWords::status(*r, m_ui.desk.now(), m_ui.language);
    m_title->set(Words::local(r->name, m_ui.language), second.join(QStringLiteral(" · ")),
                 [glyph = Symbols::forResource(*r), back = ours ? c.accent : c.text, ink = ours ? c.onAccent : c.panel,
                  hollow = r->status == model::ResourceStatus::outOfService](QPainter& p, const QRectF& box) {
                     p.setPen(hollow ? QPen(back, 1.6) : QPen(Qt::NoPen));
                     p.setBrush(hollow ? QBrush(Qt::NoBrush) : QBrush(back));
                     p.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5);
                     Symbols::paintGlyph(p, box.adjusted(4, 4, -4, -4), glyph, hollow ? back : ink);
                 });
    QStringList contact;
    if (!r->personInCharge.empty())
        contact << Words::plain(r->personInCharge);
    if (!r->phone.empty())
        contact << Words::plain(r->phone);
    QString room;
    if (r->capacity > 0)
        room = tr("%1 of %2 taken").arg(Words::number(r->occupied, 0), Words::number(r->capacity, 0));
    m_facts->set({{tr("Place"), Words::local(r->place, m_ui.language)},
                  {tr("Crew"), r->people > 0 ? Words::people(r->people) : QString()},
                  {tr("Room"), room},
                  {tr("In charge"), contact.join(QStringLiteral(", "))},
                  {tr("Owner"), Words::local(r->owner, m_ui.language)},
                  {tr("Travels"), r->flies ? tr("by air") : (r->speedFactor <= 0 ? tr("not by itself") : QString())},
                  {tr("Position"), Words::position(r->position)},
                  {tr("Remarks"), Words::plain(r->remarks), true}});
    QStringList can;
    for (const model::Capability& capability : r->capabilities)
        can << tr("%1 L%2", "capability, level").arg(Words::capability(capability.code)).arg(capability.level);
    m_capabilitiesTitle->setText(tr("Can do"));
    m_capabilitiesTitle->setVisible(!can.isEmpty());
    setOrHide(m_capabilities, can.join(QStringLiteral(" · ")));

    const model::Assignment* a = running();
    if (m_assignment && (!a || m_assignment->id() != a->id)) {
        m_assignment->hide();
        m_assignment->deleteLater();
        m_assignment = nullptr;
    }
    if (a && !m_assignment) {
        m_assignment = new AssignmentRow(m_ui, a->id, this);
        m_assignmentPlace->addWidget(m_assignment);
    }
    if (m_assignment)
        m_assignment->refresh();
    m_assignmentTitle->setVisible(a != nullptr);
    m_incident->setVisible(a != nullptr);
    if (a) {
        const auto& incidents = m_ui.desk.state().incidents;
        const auto it = incidents.find(a->incident);
        const QString title = it == incidents.end() ? QString() : Words::local(it->second.title, m_ui.language);
        m_assignmentTitle->setText(title.isEmpty() ? tr("Assigned") : tr("Assigned to %1").arg(Words::quoted(title)));
        m_incident->setText(tr("Go to incident"));
    }
    m_stockTitle->setText(tr("In store"));
    m_stockTitle->setVisible(!r->stock.empty());
    m_stock->set(r->stock);
}

} // namespace tocsin::gui
