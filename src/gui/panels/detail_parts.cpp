#include "gui/panels/detail_parts.hpp"

#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>
#include <nlohmann/json.hpp>

namespace tocsin::gui {

class TitleBlock::Symbol : public QWidget {
  public:
    explicit Symbol(QWidget* parent) : QWidget(parent) { setFixedSize(32, 32); }
    Paint draw;

  protected:
    void paintEvent(QPaintEvent*) override {
        if (!draw)
            return;
        QPainter p(this);
        p.setRenderHint(QPainter::Antialiasing);
        draw(p, QRectF(rect()).adjusted(2, 2, -2, -2));
    }
};

TitleBlock::TitleBlock(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_symbol(new Symbol(this)), m_title(textLabel(theme, this)),
      m_second(textLabel(theme, this, true)) {
    m_title->setFont(theme.font(Theme::Text::title));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_symbol, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(2);
    column->addWidget(m_title);
    column->addWidget(m_second);
    row->addLayout(column, 1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(&theme, &Theme::changed, m_symbol, qOverload<>(&QWidget::update));
}

void TitleBlock::set(const QString& title, const QString& second, Paint symbol) {
    m_title->setText(title);
    setOrHide(m_second, second);
    m_symbol->draw = std::move(symbol);
    m_symbol->update();
}

FactGrid::FactGrid(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(0);
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnMinimumWidth(0, 60);
    m_grid->setColumnMinimumWidth(1, 60);
}

void FactGrid::set(const QVector<Fact>& facts) {
    QVector<Fact> shown;
    for (const Fact& fact : facts) {
        if (!fact.text.isEmpty())
            shown.push_back(fact);
    }
    if (shown == m_facts)
        return;
    const bool sameShape =
        shown.size() == m_facts.size() && std::equal(shown.begin(), shown.end(), m_facts.begin(),
                                                     [](const Fact& a, const Fact& b) { return a.wide == b.wide; });
    m_facts = shown;
    if (!sameShape) {
        for (const auto& [label, text] : m_labels) {
            delete label;
            delete text;
        }
        m_labels.clear();
        int row = 0;
        int column = 0;
        for (const Fact& fact : m_facts) {
            if (fact.wide && column == 1) {
                ++row;
                column = 0;
            }
            auto* label = textLabel(m_theme, this, true);
            auto* text = textLabel(m_theme, this);
            text->setContentsMargins(0, 1, 0, 8);
            text->setTextInteractionFlags(Qt::TextSelectableByMouse);
            const int span = fact.wide ? 2 : 1;
            m_grid->addWidget(label, 2 * row, column, 1, span, Qt::AlignTop);
            m_grid->addWidget(text, 2 * row + 1, column, 1, span, Qt::AlignTop);
            m_labels.emplace_back(label, text);
            column += span;
            if (column >= 2) {
                ++row;
                column = 0;
            }
        }
    }
    for (std::size_t i = 0; i < m_labels.size(); ++i) {
        const Fact& fact = m_facts[static_cast<qsizetype>(i)];
        m_labels[i].first->setText(fact.label);
        m_labels[i].second->setText(fact.text);
        m_labels[i].second->setAccessibleName(fact.label + QStringLiteral(": ") + fact.text);
    }
}

TimeLine::TimeLine(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_column(new QVBoxLayout(this)) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
}

void TimeLine::set(const QVector<Moment>& moments) {
    if (moments == m_moments)
        return;
    const auto makeRow = [this](const Moment& moment) {
        auto* row = new QWidget(this);
        auto* column = new QVBoxLayout(row);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        auto* line = new QHBoxLayout;
        line->setContentsMargins(0, 7, 0, 7);
        line->setSpacing(8);
        auto* time = textLabel(m_theme, row, true);
        time->setWordWrap(false);
        time->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Minimum);
        time->setFixedWidth(38);
        time->setContentsMargins(0, 1, 0, 0);
        time->setText(moment.time);
        auto* sentence = textLabel(m_theme, row);
        sentence->setText(moment.sentence);
        sentence->setToolTip(moment.actor);
        line->addWidget(time, 0, Qt::AlignTop);
        line->addWidget(sentence, 1);
        column->addLayout(line);
        column->addWidget(hairLine(row));
        return row;
    };
    // The usual case is a new one on top: the others stay as they are.
    const auto fresh = moments.size() - m_moments.size();
    if (fresh > 0 && fresh <= 8 && !m_moments.isEmpty() && moments.mid(fresh) == m_moments) {
        for (qsizetype i = fresh; i-- > 0;)
            m_column->insertWidget(0, makeRow(moments[i]));
    } else {
        while (QLayoutItem* item = m_column->takeAt(0)) {
            delete item->widget();
            delete item;
        }
        for (const Moment& moment : moments)
            m_column->addWidget(makeRow(moment));
    }
    m_moments = moments;
}

QLabel* sectionLabel(const Theme& theme, QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setFont(theme.font(Theme::Text::rowBold));
    label->setTextFormat(Qt::PlainText);
    return label;
}

QLabel* textLabel(const Theme& theme, QWidget* parent, bool dim) {
    auto* label = new QLabel(parent);
    label->setFont(theme.font(dim ? Theme::Text::second : Theme::Text::body));
    // What comes from outside is never taken for mark-up.
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumWidth(0);
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    label->setSizePolicy(policy);
    if (dim)
        label->setProperty("role", QStringLiteral("dim"));
    return label;
}

QWidget* hairLine(QWidget* parent) {
    auto* line = new QFrame(parent);
    line->setProperty("role", QStringLiteral("line"));
    line->setFixedHeight(1);
    return line;
}

void setOrHide(QLabel* label, const QString& text) {
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

bool concerns(const model::Entry& entry, const model::IncidentId& incident) {
    const std::string id = incident.toString();
    if (entry.subject == id)
        return true;
    if (!entry.data.is_object())
        return false;
    const auto names = [&id](const nlohmann::json& image, const char* key) {
        const auto it = image.find(key);
        return it != image.end() && it->is_string() && it->get_ref<const std::string&>() == id;
    };
    for (const auto& [kind, key] :
         {std::pair{"assignment", "incident"}, {"alarm", "incident"}, {"report", "incident"}, {"incident", "id"}}) {
        const auto it = entry.data.find(kind);
        if (it == entry.data.end())
            continue;
        if (it->is_object() && names(*it, key))
            return true;
        if (it->is_array() && it->size() <= 64) {
            for (const nlohmann::json& image : *it) {
                if (image.is_object() && names(image, key))
                    return true;
            }
        }
    }
    return false;
}

} // namespace tocsin::gui
