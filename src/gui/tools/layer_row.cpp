#include "gui/tools/layer_row.hpp"

#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QSlider>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace tocsin::gui {
namespace {
constexpr std::array ages{1, 6, 24, 7 * 24}; ///< hours
constexpr int anyAge = 0;
} // namespace

LayerRow::LayerRow(const Theme& theme, const LayerInfo& info, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_info(info), m_grip(new QLabel(this)), m_visible(new QCheckBox(this)),
      m_glyph(new QLabel(this)), m_count(new QLabel(this)),
      m_more(new GlyphButton(theme, QStringLiteral("chevron-down"), this, 14)) {
    setObjectName(QStringLiteral("layer-") + info.name);
    m_visible->setObjectName(QStringLiteral("layerVisible"));
    m_more->setObjectName(QStringLiteral("layerMore"));
    m_count->setFont(theme.font(Theme::Text::second));
    m_count->setProperty("role", QStringLiteral("dim"));
    m_visible->setFont(theme.font(Theme::Text::body));
    m_visible->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_grip->setFixedSize(14, 20);
    m_grip->setCursor(Qt::SizeVerCursor);
    for (QWidget* each :
         {static_cast<QWidget*>(m_grip), static_cast<QWidget*>(m_visible), static_cast<QWidget*>(m_more)})
        each->installEventFilter(this); // buttons would take the arrows for themselves
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 3, 6, 3);
    column->setSpacing(2);
    auto* line = new QHBoxLayout;
    line->setSpacing(6);
    line->addWidget(m_grip);
    line->addWidget(m_glyph);
    line->addWidget(m_visible, 1);
    line->addWidget(m_count);
    line->addWidget(m_more);
    column->addLayout(line);
    connect(m_visible, &QCheckBox::toggled, this, &LayerRow::tell);
    connect(m_more, &QToolButton::clicked, this, [this] { setOpen(!m_open); });
    connect(&theme, &Theme::changed, this, &LayerRow::put);
    put();
    retranslate();
}

void LayerRow::takeFocus() {
    m_visible->setFocus(Qt::OtherFocusReason);
}

QWidgetList LayerRow::focusChain() const {
    QWidgetList chain{m_visible, m_more};
    if (m_body == nullptr)
        return chain;
    chain << m_opacity;
    for (const auto* boxes : {&m_kinds, &m_states})
        for (QCheckBox* box : *boxes)
            chain << box;
    for (QWidget* each : {static_cast<QWidget*>(m_grade), static_cast<QWidget*>(m_age), static_cast<QWidget*>(m_reset)})
        if (each != nullptr)
            chain << each;
    return chain;
}

void LayerRow::setOpen(bool open) {
    if (m_open == open)
        return;
    m_open = open;
    if (open && m_body == nullptr)
        buildFilter();
    if (m_body != nullptr)
        m_body->setVisible(open);
    m_more->setGlyph(open ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"));
    retranslate();
    put();
    update();
}

void LayerRow::show_(const LayerInfo& info) {
    const auto keys = [](const std::vector<LayerInfo::Word>& words) {
        QStringList all;
        for (const auto& word : words)
            all << word.key << word.title;
        return all;
    };
    const bool otherWords = keys(info.kinds) != keys(m_info.kinds) || keys(info.states) != keys(m_info.states) ||
                            info.hasGrade != m_info.hasGrade || info.hasAge != m_info.hasAge;
    m_info = info;
    if (otherWords && m_body != nullptr) { // kinds come and go with what there is
        delete m_body;
        m_body = nullptr;
        m_kinds.clear();
        m_states.clear();
        m_grade = m_age = nullptr;
        if (m_open) {
            buildFilter();
            m_body->show();
        }
    }
    put();
}

void LayerRow::buildFilter() {
    m_body = new QWidget(this);
    auto* column = new QVBoxLayout(m_body);
    column->setContentsMargins(20, 2, 4, 8);
    column->setSpacing(6);
    const auto heading = [&](const char* text) {
        auto* label = new QLabel(tr(text), m_body);
        label->setFont(m_theme.font(Theme::Text::second));
        label->setProperty("role", QStringLiteral("dim"));
        return label;
    };
    auto* strength = new QHBoxLayout;
    m_opacity = new QSlider(Qt::Horizontal, m_body);
    m_opacity->setObjectName(QStringLiteral("layerOpacity"));
    m_opacity->setRange(10, 100);
    m_opacity->setPageStep(10);
    m_opacity->setAccessibleName(tr("Strength"));
    m_percent = new QLabel(m_body);
    m_percent->setFont(m_theme.font(Theme::Text::second));
    m_percent->setMinimumWidth(38);
    m_percent->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    strength->addWidget(heading(QT_TR_NOOP("Strength")));
    strength->addWidget(m_opacity, 1);
    strength->addWidget(m_percent);
    column->addLayout(strength);
    connect(m_opacity, &QSlider::valueChanged, this, &LayerRow::tell);
    const auto boxes = [&](const char* title, const std::vector<LayerInfo::Word>& words,
                           std::vector<QCheckBox*>& into) {
        if (words.empty())
            return;
        column->addWidget(heading(title));
        auto* grid = new QGridLayout;
        grid->setHorizontalSpacing(8);
        grid->setVerticalSpacing(3);
        grid->setColumnStretch(0, 1);
        grid->setColumnStretch(1, 1);
        for (std::size_t i = 0; i < words.size(); ++i) {
            auto* box = new QCheckBox(words[i].title, m_body);
            box->setObjectName(words[i].key);
            box->setFont(m_theme.font(Theme::Text::second));
            box->setToolTip(words[i].title);
            box->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
            grid->addWidget(box, static_cast<int>(i / 2), static_cast<int>(i % 2));
            connect(box, &QCheckBox::toggled, this, &LayerRow::tell);
            into.push_back(box);
        }
        column->addLayout(grid);
    };
    boxes(QT_TR_NOOP("Kinds"), m_info.kinds, m_kinds);
    boxes(QT_TR_NOOP("States"), m_info.states, m_states);
    auto* choices = new QGridLayout;
    choices->setColumnStretch(1, 1);
    if (m_info.hasGrade) {
        choices->addWidget(heading(QT_TR_NOOP("Grade")), 0, 0);
        choices->addWidget(gradeBox(), 0, 1);
    }
    if (m_info.hasAge) {
        choices->addWidget(heading(QT_TR_NOOP("Age")), 1, 0);
        choices->addWidget(ageBox(), 1, 1);
    }
    column->addLayout(choices);
    m_reset = new QPushButton(tr("Show all of this layer"), m_body);
    m_reset->setObjectName(QStringLiteral("layerReset"));
    m_reset->setProperty("kind", QStringLiteral("quiet"));
    connect(m_reset, &QPushButton::clicked, this, [this] {
        m_info.filter = {};
        m_info.opacity = 1;
        put();
        emit changed({m_info.name, m_info.visible, m_info.opacity, m_info.filter});
    });
    auto* foot = new QHBoxLayout;
    foot->addStretch(1);
    foot->addWidget(m_reset);
    column->addLayout(foot);
    static_cast<QVBoxLayout*>(layout())->addWidget(m_body);
}

QComboBox* LayerRow::gradeBox() {
    m_grade = new QComboBox(m_body);
    m_grade->setObjectName(QStringLiteral("layerGrade"));
    m_grade->setAccessibleName(tr("Grade"));
    m_grade->setIconSize({16, 16});
    m_grade->addItem(tr("every grade"), 0);
    for (const auto grade : {model::Grade::III, model::Grade::II, model::Grade::I})
        m_grade->addItem(QIcon(Symbols::severity(grade, 16, m_theme, devicePixelRatioF())),
                         grade == model::Grade::I ? tr("only %1").arg(Words::severity(grade))
                                                  : tr("%1 and graver").arg(Words::severity(grade)),
                         static_cast<int>(grade));
    connect(m_grade, &QComboBox::activated, this, &LayerRow::tell);
    return m_grade;
}

QComboBox* LayerRow::ageBox() {
    m_age = new QComboBox(m_body);
    m_age->setObjectName(QStringLiteral("layerAge"));
    m_age->setAccessibleName(tr("Age"));
    m_age->addItem(tr("any age"), anyAge);
    for (const int hours : ages)
        m_age->addItem(hours <= 24 ? tr("newer than %1 h").arg(hours) : tr("newer than %1 d").arg(hours / 24), hours);
    connect(m_age, &QComboBox::activated, this, &LayerRow::tell);
    return m_age;
}

/// The person changed something: from the widgets to the values.
void LayerRow::tell() {
    if (m_putting)
        return;
    m_info.visible = m_visible->isChecked();
    if (m_body != nullptr) {
        m_info.opacity = m_opacity->value() / 100.0;
        const auto hidden = [](const std::vector<QCheckBox*>& boxes) {
            QStringList keys;
            for (const QCheckBox* box : boxes)
                if (!box->isChecked())
                    keys << box->objectName();
            return keys;
        };
        m_info.filter.hiddenKinds = hidden(m_kinds);
        m_info.filter.hiddenStates = hidden(m_states);
        if (m_grade != nullptr) {
            const int grade = m_grade->currentData().toInt();
            m_info.filter.leastGrade =
                grade >= 1 && grade <= 4 ? std::optional(static_cast<model::Grade>(grade)) : std::nullopt;
        }
        if (m_age != nullptr) {
            const int hours = m_age->currentData().toInt();
            m_info.filter.newest = hours > 0 ? std::optional<base::Duration>(std::chrono::hours(hours)) : std::nullopt;
        }
    }
    put();
    emit changed({m_info.name, m_info.visible, m_info.opacity, m_info.filter});
}

/// From the values to the widgets.
void LayerRow::put() {
    m_putting = true;
    const Palette& palette = m_theme.colours();
    m_grip->setPixmap(Symbols::glyph(QStringLiteral("grip"), 14, palette.faint, devicePixelRatioF()));
    m_glyph->setPixmap(
        Symbols::glyph(m_info.glyph, 18, m_info.visible ? palette.text : palette.faint, devicePixelRatioF()));
    m_glyph->setFixedSize(18, 18);
    m_visible->setText(m_info.title);
    m_visible->setToolTip(m_info.title);
    m_visible->setChecked(m_info.visible);
    const bool filtered = !m_info.filter.atRest();
    m_count->setText(m_info.all > 0 || m_info.shown > 0
                         ? QStringLiteral("%1 / %2").arg(Words::number(m_info.shown, 0), Words::number(m_info.all, 0))
                         : QString());
    m_count->setToolTip(tr("in view / in all"));
    QFont count = m_theme.font(Theme::Text::second);
    count.setBold(filtered);
    m_count->setFont(count);
    if (m_body != nullptr) {
        const int percent = static_cast<int>(std::lround(m_info.opacity * 100));
        m_opacity->setValue(percent);
        m_percent->setText(QStringLiteral("%1 %").arg(percent));
        for (QCheckBox* box : m_kinds)
            box->setChecked(!m_info.filter.hiddenKinds.contains(box->objectName()));
        for (QCheckBox* box : m_states)
            box->setChecked(!m_info.filter.hiddenStates.contains(box->objectName()));
        if (m_grade != nullptr)
            m_grade->setCurrentIndex(std::max(
                0, m_grade->findData(m_info.filter.leastGrade ? static_cast<int>(*m_info.filter.leastGrade) : 0)));
        if (m_age != nullptr) {
            const auto hours = m_info.filter.newest
                                   ? std::chrono::duration_cast<std::chrono::hours>(*m_info.filter.newest).count()
                                   : 0;
            m_age->setCurrentIndex(std::max(0, m_age->findData(static_cast<int>(hours))));
        }
        m_reset->setVisible(filtered || percent != 100);
    }
    setAccessibleName(m_info.title);
    m_putting = false;
}

void LayerRow::retranslate() {
    m_more->say(m_open ? tr("Less of %1").arg(m_info.title) : tr("Strength and filter of %1").arg(m_info.title));
    m_grip->setToolTip(tr("Drag to change the order, or Alt+Up and Alt+Down"));
    m_visible->setAccessibleDescription(m_grip->toolTip());
}

void LayerRow::keyPressEvent(QKeyEvent* event) {
    const bool alt = event->modifiers().testFlag(Qt::AltModifier);
    if (alt && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        emit moveWanted(event->key() == Qt::Key_Up ? -1 : 1);
        return;
    }
    if (!alt && (event->key() == Qt::Key_Right || event->key() == Qt::Key_Left)) {
        setOpen(event->key() == Qt::Key_Right);
        return;
    }
    if (!alt && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        if (event->key() == Qt::Key_Up)
            focusPreviousChild();
        else
            focusNextChild();
        return;
    }
    QWidget::keyPressEvent(event);
}

bool LayerRow::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_grip) {
        if (event->type() == QEvent::MouseButtonPress)
            return true;
        if (event->type() == QEvent::MouseMove || event->type() == QEvent::MouseButtonRelease) {
            const auto* mouse = static_cast<QMouseEvent*>(event);
            emit dragged(static_cast<int>(mouse->globalPosition().y()), event->type() == QEvent::MouseButtonRelease);
            return true;
        }
    }
    if (watched != m_grip && event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() >= Qt::Key_Left && key->key() <= Qt::Key_Down) {
            keyPressEvent(key);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void LayerRow::paintEvent(QPaintEvent*) {
    if (!m_open)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.colours().raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(2, 0, -2, 0), 5, 5);
}

} // namespace tocsin::gui
