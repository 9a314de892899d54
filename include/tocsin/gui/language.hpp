#pragma once

#include <QObject>
#include <QString>
#include <QTranslator>

namespace tocsin::gui {

/// The language in force, English or simplified Chinese. Changing it retranslates the whole window at once: every
/// widget gets QEvent::LanguageChange from the event loop. GUI thread; needs an application.
class Language : public QObject {
    Q_OBJECT
  public:
    /// `current` is the string that UiContext refers to; it is set before anybody hears of a change.
    explicit Language(QString& current, QObject* parent = nullptr);
    ~Language() override;

    /// "en" or "zh_CN"; anything that starts with "zh" is taken as the latter, anything else as the former.
    void set(const QString& code);
    [[nodiscard]] const QString& code() const { return m_current; }
    void toggle() { set(m_current == QLatin1String("zh_CN") ? QStringLiteral("en") : QStringLiteral("zh_CN")); }

    /// What the system asks for.
    [[nodiscard]] static QString ofSystem();

  signals:
    void changed();

  private:
    QString& m_current;
    QTranslator m_ours;
    QTranslator m_qt;
};

} // namespace tocsin::gui
