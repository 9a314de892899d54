#include "gui/panels/photo_strip.hpp"

#include "gui/tools/on_worker.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QDialog>
#include <QGridLayout>
#include <QImageReader>
#include <QLabel>
#include <QScreen>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {
namespace {

namespace fs = std::filesystem;

constexpr int columns = 3;
constexpr QSize small{112, 84};
constexpr std::uintmax_t mostBytes = 64U << 20U;
constexpr int mostPixels = 40'000; ///< a side

} // namespace

fs::path photoFile(const fs::path& folder, const model::Photo& photo) {
    const auto isHex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (folder.empty() || photo.sha256.size() != 64 || !std::all_of(photo.sha256.begin(), photo.sha256.end(), isHex))
        return {};
    return folder / (photo.sha256 + ".jpg");
}

QImage readPhoto(const fs::path& file, QSize box) {
    std::error_code ec;
    if (file.empty() || !fs::is_regular_file(file, ec) || fs::file_size(file, ec) > mostBytes)
        return {};
    QImageReader reader(QString::fromStdString(file.string()), "jpeg");
    const QSize size = reader.size();
    if (!size.isValid() || size.width() > mostPixels || size.height() > mostPixels)
        return {};
    if (size.width() > box.width() || size.height() > box.height())
        reader.setScaledSize(size.scaled(box, Qt::KeepAspectRatio).expandedTo(QSize(1, 1)));
    return reader.read();
}

PhotoStrip::PhotoStrip(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_grid(new QGridLayout(this)) {
    setObjectName(QStringLiteral("photoStrip"));
    m_pool.setMaxThreadCount(1);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(6);
    m_grid->setColumnStretch(columns, 1);
}

PhotoStrip::~PhotoStrip() {
    m_pool.clear();
    m_pool.waitForDone();
}

void PhotoStrip::show(const fs::path& folder, const std::vector<model::Photo>& photos) {
    if (m_folder == folder && m_photos == photos)
        return;
    ++m_turn;
    m_pool.clear();
    m_loading = 0;
    qDeleteAll(m_buttons);
    m_buttons.clear();
    m_folder = folder;
    m_photos = photos;
    const std::size_t count = std::min(photos.size(), most);
    m_states.assign(count, State::loading);
    for (std::size_t i = 0; i < count; ++i) {
        auto* button = new QToolButton(this);
        button->setObjectName(QStringLiteral("photo") + QString::number(i));
        button->setFixedSize(small + QSize(8, 8));
        button->setIconSize(small);
        button->setFont(m_theme.font(Theme::Text::hint));
        button->setStyleSheet(QStringLiteral("QToolButton { border: 1px solid %1; } QToolButton:focus { border-color: %2; }")
                                  .arg(m_theme.colours().line.name(), m_theme.colours().accent.name()));
        connect(button, &QToolButton::clicked, this, [this, i] { enlarge(i); });
        m_grid->addWidget(button, static_cast<int>(i) / columns, static_cast<int>(i) % columns);
        m_buttons.push_back(button);
        name(i);
        ++m_loading;
        const qreal dpr = devicePixelRatioF();
        onWorker(
            m_pool, this,
            [file = photoFile(folder, photos[i]), dpr] {
                QImage picture = readPhoto(file, small * dpr);
                picture.setDevicePixelRatio(dpr);
                return picture;
            },
            [this, i, turn = m_turn](const QImage& picture) {
                if (turn == m_turn)
                    take(i, picture);
            });
    }
    setVisible(count > 0);
}

void PhotoStrip::take(std::size_t index, const QImage& picture) {
    --m_loading;
    m_states[index] = picture.isNull() ? State::missing : State::shown;
    if (!picture.isNull())
        m_buttons[index]->setIcon(QIcon(QPixmap::fromImage(picture)));
    name(index);
}

void PhotoStrip::name(std::size_t index) {
    QToolButton& button = *m_buttons[index];
    const model::Photo& photo = m_photos[index];
    QString words = tr("Photo %1 of %2").arg(index + 1).arg(m_photos.size());
    if (photo.position)
        words += QStringLiteral(" · ") + tr("taken at %1").arg(Words::position(*photo.position));
    if (photo.takenAt)
        words += QStringLiteral(" · ") + Words::hourMinute(*photo.takenAt);
    switch (m_states[index]) {
    case State::loading:
        button.setText(tr("reading …"));
        break;
    case State::shown:
        button.setText({});
        words += QStringLiteral(" · ") + tr("Enter shows it large");
        break;
    case State::missing:
        button.setText(tr("photo is\nmissing"));
        words += QStringLiteral(" · ") + tr("its file is missing or cannot be read");
        break;
    }
    button.setToolTip(words);
    button.setAccessibleName(words);
    button.setEnabled(m_states[index] == State::shown);
}

void PhotoStrip::enlarge(std::size_t index) {
    auto* dialog = new QDialog(window());
    dialog->setObjectName(QStringLiteral("photoDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Photo %1 of %2").arg(index + 1).arg(m_photos.size()));
    auto* column = new QVBoxLayout(dialog);
    column->setContentsMargins(0, 0, 0, 0);
    auto* picture = new QLabel(tr("reading …"), dialog);
    picture->setAlignment(Qt::AlignCenter);
    picture->setAccessibleName(dialog->windowTitle());
    column->addWidget(picture);
    const QSize room = screen()->availableSize() * 0.85;
    const model::Photo& photo = m_photos[index];
    dialog->resize(photo.width > 0 && photo.height > 0
                       ? QSize(photo.width, photo.height).boundedTo(QSize(mostPixels, mostPixels)).scaled(
                             room.boundedTo(QSize(std::max(photo.width, small.width()), std::max(photo.height, small.height()))),
                             Qt::KeepAspectRatio)
                       : room);
    const qreal dpr = devicePixelRatioF();
    onWorker(
        m_pool, picture,
        [file = photoFile(m_folder, photo), room, dpr] {
            QImage read = readPhoto(file, room * dpr);
            read.setDevicePixelRatio(dpr);
            return read;
        },
        [picture, missing = tr("its file is missing or cannot be read")](const QImage& read) {
            if (read.isNull())
                picture->setText(missing);
            else
                picture->setPixmap(QPixmap::fromImage(read));
        });
    dialog->show();
}

void PhotoStrip::words() {
    for (std::size_t i = 0; i < m_buttons.size(); ++i)
        name(i);
}

} // namespace tocsin::gui
