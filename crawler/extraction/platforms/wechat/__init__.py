"""WeChat: articles, shares and albums of mp.weixin.qq.com."""
