"""What the tests say to the sandbox's Printify."""

PRINTIFY = "/printify/v1"
SHOP = f"{PRINTIFY}/shops/1500001"
TOKEN = {"Authorization": "Bearer sandbox-printify-token"}
MUG = (68, 1, 33719)
ADDRESS = {
    "first_name": "Robin",
    "last_name": "Sample",
    "address1": "12 Example Street",
    "city": "Portland",
    "region": "OR",
    "zip": "97201",
    "country": "US",
}


def ask(sandbox, method, path, body=None, *, headers=TOKEN, **params):
    address = path if path.startswith("/") else f"{SHOP}/{path}"
    return sandbox.http.request(method, address, json=body, params=params, headers=headers)


def reason(answer):
    """What an answer that is an error says: (status, code, reason)."""
    body = answer.json()
    return answer.status_code, body["code"], body["errors"]["reason"]


def uploaded(sandbox, app, width=900, height=420):
    url = app.serve(f"{width}x{height}.jpg", width, height)
    return ask(sandbox, "POST", f"{PRINTIFY}/uploads/images.json", {"file_name": "art.jpg", "url": url}).json()["id"]


def product_body(upload_id, **image):
    blueprint, provider, variant = MUG
    placed = {"id": upload_id, "x": 0.5, "y": 0.5, "scale": 1, "angle": 0, **image}
    return {
        "title": "Our mug",
        "description": "",
        "blueprint_id": blueprint,
        "print_provider_id": provider,
        "variants": [{"id": variant, "price": 1299, "is_enabled": True}],
        "print_areas": [{"variant_ids": [variant], "placeholders": [{"position": "front", "images": [placed]}]}],
    }


def a_product(sandbox, app):
    return ask(sandbox, "POST", "products.json", product_body(uploaded(sandbox, app))).json()


def order_body(product_id, external_id="CM-1", **changes):
    line = {"product_id": product_id, "variant_id": MUG[2], "quantity": 2}
    body = {"external_id": external_id, "line_items": [line], "shipping_method": 1, "address_to": ADDRESS}
    return {**body, "send_shipping_notification": False, **changes}


def an_order(sandbox, app, external_id="CM-1", **changes):
    body = order_body(a_product(sandbox, app)["id"], external_id, **changes)
    return ask(sandbox, "POST", "orders.json", body).json()["id"]
