"""The touch screen: snapshots in, QML properties out, touches back as intents. The only room with Qt."""
