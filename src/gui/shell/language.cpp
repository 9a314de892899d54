#include "tocsin/gui/language.hpp"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

#ifdef TOCSIN_HAVE_TRANSLATIONS
// The resource lives in a static library: only a named call brings it into the program.
static void useTranslations() {
    Q_INIT_RESOURCE(tocsin_i18n);
}
#else
static void useTranslations() {}
#endif

namespace tocsin::gui {

Language::Language(QString& current, QObject* parent) : QObject(parent), m_current(current) {
    useTranslations();
    const QString wanted = m_current;
    m_current = QStringLiteral("en");
    QLocale::setDefault(QLocale(QLocale::English)); // dates and numbers speak the window's language, not the system's
    set(wanted);
}

Language::~Language() {
    QCoreApplication::removeTranslator(&m_ours);
    QCoreApplication::removeTranslator(&m_qt);
}

void Language::set(const QString& code) {
    const bool chinese = code.startsWith(QLatin1String("zh"), Qt::CaseInsensitive);
    const QString wanted = chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
    if (wanted == m_current)
        return;
    m_current = wanted;
    QCoreApplication::removeTranslator(&m_ours);
    QCoreApplication::removeTranslator(&m_qt);
    QLocale::setDefault(chinese ? QLocale(QLocale::Chinese, QLocale::China) : QLocale(QLocale::English));
    if (chinese) {
        if (m_qt.load(QStringLiteral("qtbase_zh_CN"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
            QCoreApplication::installTranslator(&m_qt);
        if (m_ours.load(QStringLiteral(":/i18n/tocsin_zh_CN.qm")))
            QCoreApplication::installTranslator(&m_ours);
    }
    emit changed();
}

QString Language::ofSystem() {
    return QLocale::system().language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
}

} // namespace tocsin::gui
