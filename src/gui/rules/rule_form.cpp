#include "gui/rules/rule_form.hpp"

#include "gui/rules/rule_words.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

namespace tocsin::gui {

namespace {

using Shape = RuleField::Shape;

constexpr std::array grades{model::Grade::I, model::Grade::II, model::Grade::III, model::Grade::IV};
constexpr std::array classes{model::HazardClass::naturalDisaster, model::HazardClass::accident,
                             model::HazardClass::publicHealth, model::HazardClass::socialSecurity};
constexpr std::array sensorKinds{model::SensorKind::riverLevel,       model::SensorKind::rain,
                                 model::SensorKind::soilMovement,     model::SensorKind::seismicIntensity,
                                 model::SensorKind::smoke,            model::SensorKind::weather,
                                 model::SensorKind::other};

template <typename T>
QString word(T value) {
    return QString::fromStdString(std::string(model::toString(value)));
}

bool isChoice(Shape shape) {
    return shape == Shape::grade || shape == Shape::hazardClass || shape == Shape::sensorKind ||
           shape == Shape::direction || shape == Shape::fit || shape == Shape::trust;
}

QFormLayout* makeForm(QWidget* parent) {
    auto* form = new QFormLayout(parent);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(6);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    return form;
}

} // namespace

RuleForm::RuleForm(const UiContext& ui, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_what(new QLabel(this)), m_says(new QLabel(this)), m_life(new QLabel(this)),
      m_explained(new QLabel(this)), m_conditionPlace(new QWidget(this)) {
    auto* inside = new QWidget;
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(16, 12, 16, 16);
    column->setSpacing(6);
    for (auto* head : {m_what, m_says, m_life})
        head->setFont(ui.theme.font(Theme::Text::bodyBold));
    m_explained->setProperty("role", QStringLiteral("dim"));
    m_explained->setWordWrap(true);
    auto* common = new QWidget(inside);
    m_commonForm = makeForm(common);
    auto* life = new QWidget(inside);
    m_lifeForm = makeForm(life);
    auto* place = new QVBoxLayout(m_conditionPlace);
    place->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_what);
    column->addWidget(m_explained);
    column->addWidget(m_conditionPlace);
    column->addSpacing(12);
    column->addWidget(m_says);
    column->addWidget(common);
    column->addSpacing(12);
    column->addWidget(m_life);
    column->addWidget(life);
    column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("ruleFields"));
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    inside->setAutoFillBackground(false);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scroll);
    makeRows(m_commonForm, commonFields(), m_commonRows);
    makeRows(m_lifeForm, lifeFields(), m_lifeRows);
    retranslate();
    clear();
}

void RuleForm::makeRows(QFormLayout* into, const std::vector<RuleField>& fields, std::vector<Row>& rows) {
    rows.clear();
    rows.reserve(fields.size()); // their editors hold on to them
    for (const auto& field : fields) {
        auto* label = new QLabel;
        label->setProperty("role", QStringLiteral("dim"));
        QWidget* editor = nullptr;
        QLabel* unit = nullptr;
        if (isChoice(field.shape)) {
            auto* box = new QComboBox;
            box->setMaxVisibleItems(12);
            editor = box;
        } else if (field.shape == Shape::flag) {
            editor = new QCheckBox;
        } else {
            editor = new QLineEdit;
        }
        editor->setObjectName(QString::fromLatin1(field.name));
        label->setBuddy(editor);
        if (field.unit) {
            auto* pair = new QWidget;
            auto* line = new QHBoxLayout(pair);
            line->setContentsMargins(0, 0, 0, 0);
            line->setSpacing(6);
            unit = new QLabel(pair);
            unit->setProperty("role", QStringLiteral("dim"));
            line->addWidget(editor, 1);
            line->addWidget(unit);
            into->addRow(label, pair);
        } else {
            into->addRow(label, editor);
        }
        rows.push_back({field, label, editor, unit});
        const auto index = rows.size() - 1;
        const auto changed = [this, &rows, index] {
            if (!m_loading && index < rows.size())
                take(rows[index]);
        };
        if (auto* line = qobject_cast<QLineEdit*>(editor))
            connect(line, &QLineEdit::textEdited, this, changed);
        else if (auto* box = qobject_cast<QComboBox*>(editor))
            connect(box, &QComboBox::activated, this, changed);
        else if (auto* check = qobject_cast<QCheckBox*>(editor))
            connect(check, &QCheckBox::clicked, this, changed);
    }
}

void RuleForm::makeCondition(const QString& kind) {
    if (m_condition != nullptr && m_kind == kind)
        return;
    m_kind = kind;
    m_conditionRows.clear();
    delete m_condition;
    m_condition = new QWidget(m_conditionPlace);
    auto* form = makeForm(m_condition);
    makeRows(form, fieldsOf(kind), m_conditionRows);
    m_conditionPlace->layout()->addWidget(m_condition);
    name(m_conditionRows);
}

QString RuleForm::textIn(const Row& row) {
    if (const auto* line = qobject_cast<const QLineEdit*>(row.editor))
        return line->text();
    if (const auto* box = qobject_cast<const QComboBox*>(row.editor))
        return box->currentData().toString();
    const auto* check = qobject_cast<const QCheckBox*>(row.editor);
    return check != nullptr && check->isChecked() ? QStringLiteral("1") : QString();
}

void RuleForm::take(Row& row) {
    auto rule = m_rule;
    const bool bad = !row.field.write(rule, textIn(row));
    if (row.bad != bad) {
        row.bad = bad;
        row.editor->setProperty("state", bad ? QStringLiteral("bad") : QString());
        row.editor->style()->unpolish(row.editor);
        row.editor->style()->polish(row.editor);
        row.editor->setToolTip(bad ? tr("This cannot stand here") : QString());
    }
    if (bad) {
        emit faulty();
        return;
    }
    m_rule = std::move(rule);
    // One field may empty another: sensors by name or by kind.
    for (auto& other : m_conditionRows) {
        if (&other == &row || other.bad || textIn(other) == other.field.read(m_rule) ||
            (other.field.shape != Shape::sensorKind && other.field.shape != Shape::list))
            continue;
        const QSignalBlocker quiet(other.editor);
        if (auto* line = qobject_cast<QLineEdit*>(other.editor))
            line->setText(other.field.read(m_rule));
        else if (auto* box = qobject_cast<QComboBox*>(other.editor))
            box->setCurrentIndex(std::max(0, box->findData(other.field.read(m_rule))));
    }
    emit edited(m_rule);
}

bool RuleForm::hasFault() const {
    const auto bad = [](const Row& row) { return row.bad; };
    return std::any_of(m_commonRows.begin(), m_commonRows.end(), bad) ||
           std::any_of(m_conditionRows.begin(), m_conditionRows.end(), bad) ||
           std::any_of(m_lifeRows.begin(), m_lifeRows.end(), bad);
}

void RuleForm::load(std::vector<Row>& rows) {
    std::string unit;
    if (!m_rule.subject.sensors.empty()) {
        const auto& sensors = m_ui.desk.state().sensors;
        if (const auto found = sensors.find(m_rule.subject.sensors.front()); found != sensors.end())
            unit = found->second.unit;
    }
    for (auto& row : rows) {
        row.bad = false;
        row.editor->setProperty("state", QString());
        const QString text = row.field.read(m_rule);
        if (auto* line = qobject_cast<QLineEdit*>(row.editor)) {
            line->setText(text);
            line->setCursorPosition(0);
        } else if (auto* box = qobject_cast<QComboBox*>(row.editor)) {
            box->setCurrentIndex(std::max(0, box->findData(text)));
        } else if (auto* check = qobject_cast<QCheckBox*>(row.editor)) {
            check->setChecked(!text.isEmpty());
        }
        if (row.unit != nullptr) {
            row.unit->setText(Words::plain(unit));
            row.unit->setVisible(!unit.empty());
        }
    }
}

void RuleForm::show(const detect::Rule& rule) {
    m_loading = true;
    m_rule = rule;
    const auto kind = QString::fromStdString(std::string(detect::kindOf(rule.condition)));
    makeCondition(kind);
    m_what->setText(RuleWords::kind(kind));
    m_explained->setText(RuleWords::explained(kind));
    load(m_commonRows);
    load(m_conditionRows);
    load(m_lifeRows);
    setEnabled(true);
    m_loading = false;
}

void RuleForm::clear() {
    m_loading = true;
    m_rule = {};
    makeCondition(QStringLiteral("threshold"));
    load(m_commonRows);
    load(m_conditionRows);
    load(m_lifeRows);
    setEnabled(false);
    m_loading = false;
}

void RuleForm::name(std::vector<Row>& rows) {
    const auto fill = [](QComboBox* box, const QStringList& words, const QStringList& values) {
        const QSignalBlocker quiet(box);
        const QVariant kept = box->currentData();
        box->clear();
        for (int i = 0; i < words.size(); ++i)
            box->addItem(words[i], values[i]);
        box->setCurrentIndex(std::max(0, box->findData(kept)));
    };
    for (auto& row : rows) {
        row.label->setText(row.field.label());
        row.editor->setAccessibleName(row.field.label());
        if (auto* line = qobject_cast<QLineEdit*>(row.editor); line != nullptr && row.field.hint != nullptr)
            line->setPlaceholderText(row.field.hint());
        auto* box = qobject_cast<QComboBox*>(row.editor);
        if (box == nullptr)
            continue;
        QStringList words;
        QStringList values;
        switch (row.field.shape) {
        case Shape::grade:
            if (row.field.name == std::string_view("ruleColour")) {
                words << tr("any");
                values << QString();
            }
            for (const auto grade : grades) {
                words << Words::severity(grade);
                values << word(grade);
            }
            break;
        case Shape::hazardClass:
            for (const auto value : classes) {
                words << Words::hazardClass(value);
                values << word(value);
            }
            break;
        case Shape::sensorKind:
            words << tr("–");
            values << QString();
            for (const auto kind : sensorKinds) {
                words << Words::sensorKind(kind);
                values << word(kind);
            }
            break;
        case Shape::direction:
            words << tr("at or above the limit") << tr("at or below the limit");
            values << QStringLiteral("1") << QString();
            break;
        case Shape::fit:
            words << tr("in a straight line") << tr("falling off, as a river after rain");
            values << QString() << QStringLiteral("1");
            break;
        case Shape::trust:
            words << tr("any, also unverified") << tr("known or official") << tr("official only");
            values << word(model::Trust::unverified) << word(model::Trust::known) << word(model::Trust::official);
            break;
        default: break;
        }
        fill(box, words, values);
    }
}

void RuleForm::retranslate() {
    m_says->setText(tr("What its alarm says"));
    m_life->setText(tr("What becomes of its alarm"));
    name(m_commonRows);
    name(m_conditionRows);
    name(m_lifeRows);
    const auto kind = QString::fromStdString(std::string(detect::kindOf(m_rule.condition)));
    m_what->setText(RuleWords::kind(kind));
    m_explained->setText(RuleWords::explained(kind));
}

} // namespace tocsin::gui
