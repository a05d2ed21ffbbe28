// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {IEscrow} from "../interfaces/IEscrow.sol";
import {IERC3009} from "../interfaces/external/IERC3009.sol";
import {IPermit2} from "../interfaces/external/IPermit2.sol";
import {Transfers} from "../libraries/Transfers.sol";
import {DealState} from "../types/DealState.sol";
import {DealWord} from "../types/DealWord.sol";
import {Authorization, Permit, Permit2Payment} from "../types/Payment.sol";
import {Offer, Terms} from "../types/Terms.sol";
import {Offers} from "./Offers.sol";

/// @notice How a deal is opened and paid for: by the taker's own transaction, or by a signature that anyone may submit.
abstract contract Opening is Offers {
    using SafeERC20 for IERC20;

    /// @dev Permit2: 0x000000000022D473030F116dDEE9F6B43aC78BA3 on every chain that has it.
    address public immutable PERMIT2;

    string private constant WITNESS = "Deal witness)Deal(bytes32 dealId)TokenPermissions(address token,uint256 amount)";
    /// keccak256("Deal(bytes32 dealId)")
    bytes32 private constant DEAL_TYPEHASH = 0xc4995ad86403fef3b4d93c0334acbd94c4870c854eca0fd084c69514675c290a;

    constructor(address permit2) {
        PERMIT2 = permit2;
    }

    /// @dev In a batch: what is left of the value sent, plus one. 0 outside of one.
    uint256 internal transient _budget;

    /// @inheritdoc IEscrow
    function open(Offer calldata offer, uint32 unit, bytes calldata signature)
        external
        payable
        nonReentrant
        returns (bytes32 id)
    {
        id = _open(offer, unit, signature, offer.terms.price);
    }

    /// @inheritdoc IEscrow
    function openInPart(Offer calldata offer, uint32 unit, bytes calldata signature, uint256 amount)
        external
        payable
        nonReentrant
        returns (bytes32 id)
    {
        id = _open(offer, unit, signature, amount);
    }

    /// @inheritdoc IEscrow
    function openWithPermit(Offer calldata offer, uint32 unit, bytes calldata signature, Permit calldata permit)
        external
        payable
        nonReentrant
        returns (bytes32 id)
    {
        Terms calldata terms = offer.terms;
        address buyer;
        (id, buyer) = _take(offer, unit, signature, msg.sender, terms.price);
        _requireCode(terms.token);
        // A permit seen in the mempool can be used up by anyone; the allowance is then there all the same.
        try IERC20Permit(terms.token).permit(
            buyer, address(this), terms.price, permit.deadline, permit.v, permit.r, permit.s
        ) {} catch {}
        _collect(terms.token, buyer, terms.price);
    }

    /// @inheritdoc IEscrow
    function openWithPermit2(Offer calldata offer, uint32 unit, bytes calldata signature, Permit2Payment calldata payment)
        external
        payable
        nonReentrant
        returns (bytes32 id)
    {
        uint256 before;
        (id, before) = _takeFor(offer, unit, signature, payment.buyer);
        uint256 amount = offer.terms.price + payment.tip;
        Address.functionCall(PERMIT2, _permit2Call(id, offer.terms.token, amount, payment));
        _finishPaid(id, offer.terms.token, before, amount, payment.tip);
    }

    /// @inheritdoc IEscrow
    function openWithAuthorization(
        Offer calldata offer,
        uint32 unit,
        bytes calldata signature,
        Authorization calldata payment
    ) external payable nonReentrant returns (bytes32 id) {
        uint256 before;
        (id, before) = _takeFor(offer, unit, signature, payment.buyer);
        uint256 amount = offer.terms.price + payment.tip;
        _receive(id, offer.terms.token, amount, payment);
        _finishPaid(id, offer.terms.token, before, amount, payment.tip);
    }

    /// @inheritdoc IEscrow
    function fund(Terms calldata terms, uint256 amount) external payable nonReentrant {
        (bytes32 id, DealWord deal) = _load(terms);
        _fund(id, terms, deal, msg.sender, amount);
    }

    function _open(Offer calldata offer, uint32 unit, bytes calldata signature, uint256 amount)
        private
        returns (bytes32 id)
    {
        address buyer;
        (id, buyer) = _take(offer, unit, signature, msg.sender, amount);
        _collect(offer.terms.token, buyer, amount);
    }

    function _fund(bytes32 id, Terms calldata terms, DealWord deal, address actor, uint256 amount) internal {
        _requireState(id, deal, PARTLY_FUNDED);
        _requireActor(actor, _buyer(terms, deal));
        _requireOnTime(deal);
        uint256 paid = _paid[id];
        uint256 missing = terms.price - paid;
        if (amount == 0 || amount > missing) revert InstalmentOutOfRange(amount, 1, missing);
        if (amount == missing) {
            _paid[id] = 0;
            emit FullyFunded(id, amount, uint40(_advance(id, deal, DealState.Funded, terms.rules.shipSeconds())));
        } else {
            _paid[id] = paid + amount;
            emit PartFunded(id, amount, paid + amount);
        }
        _collect(terms.token, actor, amount);
    }

    /// @dev The buyer consents by the payment, which is bound to the deal's id. A seller who takes a bid has to call.
    /// Answers with the deal's id and what the escrow holds of the token before the payment.
    function _takeFor(Offer calldata offer, uint32 unit, bytes calldata signature, address payer)
        private
        returns (bytes32 id, uint256 before)
    {
        Terms calldata terms = offer.terms;
        bool isBid = terms.seller == address(0) || (terms.buyer != address(0) && terms.seller == msg.sender);
        address buyer;
        (id, buyer) = _take(offer, unit, signature, isBid ? msg.sender : payer, terms.price);
        _requireActor(payer, buyer);
        before = _balance(terms.token);
    }

    function _finishPaid(bytes32 id, address token, uint256 before, uint256 amount, uint256 tip) private {
        _requireArrived(token, before, amount);
        _payTip(id, token, tip);
    }

    /// @dev Takes exactly `amount` from `payer`: coins that came with this call, or tokens by allowance.
    function _collect(address token, address payer, uint256 amount) internal {
        if (token == address(0)) {
            if (payer != msg.sender) revert CannotPull(payer);
            return _spend(amount);
        }
        uint256 before = _balance(token);
        IERC20(token).safeTransferFrom(payer, address(this), amount);
        _requireArrived(token, before, amount);
    }

    /// @dev The coins sent pay for exactly this; in a batch, for this and the calls after it.
    function _spend(uint256 amount) private {
        uint256 budget = _budget;
        if (budget == 0) {
            if (msg.value != amount) _refuseValue(msg.value, amount);
            return;
        }
        if (amount >= budget) _refuseValue(budget - 1, amount);
        _budget = budget - amount;
    }

    /// @dev The two structs of Permit2's function are static, so their members stand in calldata as if they were its arguments.
    function _permit2Call(bytes32 id, address token, uint256 amount, Permit2Payment calldata payment)
        private
        view
        returns (bytes memory)
    {
        return abi.encodeWithSelector(
            IPermit2.permitWitnessTransferFrom.selector,
            token,
            amount,
            payment.nonce,
            payment.deadline,
            address(this),
            amount,
            payment.buyer,
            keccak256(abi.encode(DEAL_TYPEHASH, id)),
            WITNESS,
            payment.signature
        );
    }

    function _refuseValue(uint256 sent, uint256 expected) internal pure {
        revert WrongValue(sent, expected);
    }

    function _receive(bytes32 id, address token, uint256 amount, Authorization calldata payment) private {
        bytes calldata signature = payment.signature;
        if (signature.length != 65) {
            return IERC3009(token).receiveWithAuthorization(
                payment.buyer, address(this), amount, payment.validAfter, payment.validBefore, id, signature
            );
        }
        IERC3009(token).receiveWithAuthorization(
            payment.buyer,
            address(this),
            amount,
            payment.validAfter,
            payment.validBefore,
            id,
            uint8(signature[64]),
            bytes32(signature[:32]),
            bytes32(signature[32:64])
        );
    }

    function _payTip(bytes32 id, address token, uint256 tip) internal {
        if (tip == 0) return;
        emit Tipped(id, msg.sender, tip);
        _pay(token, msg.sender, tip);
    }

    /// @dev Asked before every payment in tokens; no coins may come with it.
    function _balance(address token) private view returns (uint256) {
        if (msg.value != 0 && _budget == 0) _refuseValue(msg.value, 0);
        return Transfers.balanceOf(token);
    }

    /// @dev A hostile token may report less than before; that counts as nothing received.
    function _requireArrived(address token, uint256 before, uint256 amount) private view {
        uint256 balance = Transfers.balanceOf(token);
        uint256 received = balance > before ? balance - before : 0;
        if (received != amount) revert UnexpectedTransfer(amount, received);
    }

    function _requireCode(address token) private view {
        if (token.code.length == 0) revert NotAToken(token);
    }
}
