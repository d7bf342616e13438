"""The touch screen: snapshots in, QML properties out, touches back as commands. The only room with Qt."""
